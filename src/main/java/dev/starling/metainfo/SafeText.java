package dev.starling.metainfo;

/// Text that a stranger chose, fit to be shown to a person or to name a file: nothing in it hides,
/// turns the direction of writing or steers a terminal.
public final class SafeText {

    private static final int INVALID = 0xfffd; // what decoding makes of bytes that are not UTF-8

    private SafeText() {}

    /// Drops characters that have no width or change the direction of writing, and puts `_` for
    /// control characters and for what was not text.
    public static String of(String raw) {
        var text = new StringBuilder(raw.length());
        int width;
        for (int i = 0; i < raw.length(); i += width) {
            int c = raw.codePointAt(i);
            width = Character.charCount(c);
            if (!isInvisible(c)) {
                text.appendCodePoint(isUnprintable(c) ? '_' : c);
            }
        }
        return text.toString();
    }

    /// The characters by which a name can look like another one.
    private static boolean isInvisible(int c) {
        return c == 0x00ad // soft hyphen
                || c == 0x061c // Arabic letter mark
                || c == 0x180e // Mongolian vowel separator
                || (c >= 0x200b && c <= 0x200f) // zero-width space and joiners, direction marks
                || (c >= 0x202a && c <= 0x202e) // embedding and override of direction
                || (c >= 0x2060 && c <= 0x206f) // word joiner, invisible operators, isolates
                || c == 0xfeff // byte order mark
                || (c >= 0xfff9 && c <= 0xfffb) // interlinear annotation
                || (c >= 0xe0000 && c <= 0xe007f); // tags
    }

    private static boolean isUnprintable(int c) {
        return c < 0x20
                || (c >= 0x7f && c <= 0x9f)
                || c == 0x2028 // line separator
                || c == 0x2029 // paragraph separator
                || (c >= 0xd800 && c <= 0xdfff) // half of a surrogate pair
                || (c & 0xfffe) == 0xfffe // no character, in every plane
                || c == INVALID;
    }
}
