package dev.starling.node;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a port that a peer can be reached at; any other number is wrong usage, so exit status 2.
final class PortConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        if (!Hosts.isPort(text)) {
            throw new TypeConversionException("'" + text + "' is no port; write 1 to 65535");
        }
        return Integer.valueOf(text);
    }
}
