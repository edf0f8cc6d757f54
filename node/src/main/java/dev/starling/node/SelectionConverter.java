package dev.starling.node;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads which files are wanted; anything else is wrong usage, so exit status 2.
final class SelectionConverter implements ITypeConverter<Selection> {
    @Override
    public Selection convert(String text) {
        try {
            return Selection.parse(text);
        } catch (Failure e) {
            throw new TypeConversionException(e.reason() + ". " + e.hint());
        }
    }
}
