package dev.starling.node;

import dev.starling.id.Id;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads 40 hexadecimal digits; anything else is wrong usage, so exit status 2.
final class IdConverter implements ITypeConverter<Id> {
    @Override
    public Id convert(String text) {
        return Id.parseHex(text)
                .orElseThrow(() ->
                        new TypeConversionException(
                                "'" + text + "' is no id; write 40 hexadecimal digits"));
    }
}
