package dev.starling.node;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a bound that is a whole number from one up; anything else is wrong usage.
public final class CountConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new TypeConversionException("'" + text + "' is no number from 1 to 999999999");
        }
        return Integer.valueOf(text);
    }
}
