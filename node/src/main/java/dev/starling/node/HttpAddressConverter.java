package dev.starling.node;

import dev.starling.node.monitor.HttpAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads where an HTTP server listens; anything else is wrong usage, so exit status 2.
public final class HttpAddressConverter implements ITypeConverter<HttpAddress> {
    @Override
    public HttpAddress convert(String text) {
        try {
            return HttpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
