package dev.starling.node;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Takes `HOST:PORT` as it is written, the name not looked up; anything else is wrong usage, so
/// exit status 2.
public final class HostPortConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        Hosts.fault(text)
                .ifPresent(fault -> {
                    throw new TypeConversionException(fault);
                });
        return text;
    }
}
