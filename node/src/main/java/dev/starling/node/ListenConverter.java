package dev.starling.node;

import dev.starling.id.IpAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Takes an IP address to listen on as it is written; anything else is wrong usage, so exit status
/// 2.
final class ListenConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        if (IpAddress.parse(text).isEmpty()) {
            throw new TypeConversionException(
                    "'" + text + "' is no IP address; write for example 10.0.0.7 or 2001:db8::1");
        }
        return text;
    }
}
