package dev.starling.crawler.catalogue.command;

import dev.starling.crawler.catalogue.BlockRule;
import dev.starling.crawler.catalogue.RuleText;
import dev.starling.id.Id;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a block rule; a bare infohash is one too, anything else is wrong usage.
final class Rule implements ITypeConverter<BlockRule> {
    @Override
    public BlockRule convert(String text) {
        try {
            return RuleText.parse(Id.parseHex(text).isPresent() ? "hash:" + text : text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
