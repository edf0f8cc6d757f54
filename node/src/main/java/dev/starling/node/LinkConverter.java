package dev.starling.node;

import dev.starling.item.MutableMagnet;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a link that can be followed; anything else is wrong usage, so exit status 2.
final class LinkConverter implements ITypeConverter<MutableMagnet> {
    @Override
    public MutableMagnet convert(String text) {
        return switch (MutableMagnet.parse(text)) {
            case MutableMagnet.Parsed(var link) -> link;
            case MutableMagnet.Refused(var reason) ->
                    throw new TypeConversionException(
                            "the link cannot be followed: "
                                    + reason
                                    + "; starling publish prints one that can");
        };
    }
}
