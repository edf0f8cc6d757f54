package dev.starling.node;

import org.jline.nativ.CLibrary;

/// How wide the terminal is that stdout goes to.
final class TerminalWidth {

    /// What is taken where nobody tells.
    static final int USUAL_COLUMNS = 80;

    private static final int STDOUT = 1;

    private TerminalWidth() {}

    /// Asked anew each time: people pull at their windows.
    static int columns() {
        try {
            var size = new CLibrary.WinSize();
            int result = CLibrary.ioctl(STDOUT, CLibrary.TIOCGWINSZ, size);
            return result == 0 && size.ws_col > 0 ? size.ws_col : USUAL_COLUMNS;
        } catch (LinkageError | RuntimeException e) {
            return USUAL_COLUMNS; // no such call here, or its library cannot be loaded
        }
    }
}
