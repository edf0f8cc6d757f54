package dev.starling.node;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the length of a piece; one that torrents do not have is wrong usage, so exit status 2.
final class PieceLengthConverter implements ITypeConverter<Integer> {

    private static final long MIN_BYTES = 16 << 10; // of one block
    private static final long MAX_BYTES = 128 << 20; // larger ones few clients take

    @Override
    public Integer convert(String text) {
        long bytes = new SizeConverter().convert(text);
        if (Long.bitCount(bytes) != 1 || bytes < MIN_BYTES || bytes > MAX_BYTES) {
            throw new TypeConversionException(
                    "'" + text + "' is no power of two from 16KiB to 128MiB");
        }
        return (int) bytes;
    }
}
