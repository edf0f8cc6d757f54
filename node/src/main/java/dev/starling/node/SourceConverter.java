package dev.starling.node;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Takes what names a torrent as it is written. A magnet link that names none is wrong usage, so
/// exit status 2.
final class SourceConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        if (TorrentSource.isLink(text)) {
            try {
                TorrentSource.ofLink(text);
            } catch (Failure e) {
                throw new TypeConversionException(e.reason() + ". " + e.hint());
            }
        }
        return text;
    }
}
