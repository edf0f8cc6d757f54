package dev.starling.node.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A config file as it is written: `key = value` lines; `#` at the start of a line or after a space
/// begins a comment. What the keys mean is not known here.
///
/// @param name of the file, as complaints call it
/// @param entries in the order of the file
record ConfigFile(String name, List<Entry> entries) {

    /// A hundred times what anybody writes; a device or a database given by mistake ends here.
    private static final int MAX_BYTES = 64 * 1024;

    ConfigFile {
        entries = List.copyOf(entries);
    }

    /// One line that says something.
    ///
    /// @param line counted from one
    record Entry(int line, String key, String value) {}

    /// Reads the file.
    ///
    /// @throws IOException if it cannot be read
    /// @throws ConfigFault if it is no text, too long, or a line is no `key = value`
    static ConfigFile read(Path file) throws IOException, ConfigFault {
        if (Files.size(file) > MAX_BYTES) {
            throw new ConfigFault(file + " is longer than " + MAX_BYTES + " bytes", "");
        }
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new ConfigFault(file + " is no text in UTF-8", "", e);
        }
    }

    /// @param name of the file, for complaints
    static ConfigFile parse(String name, String text) throws ConfigFault {
        var entries = new ArrayList<Entry>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String said = withoutComment(line).strip();
            int equals = said.indexOf('=');
            if (equals > 0) {
                String key = said.substring(0, equals).strip();
                entries.add(new Entry(number, key, said.substring(equals + 1).strip()));
            } else if (!said.isEmpty()) {
                throw new ConfigFault(
                        name + ":" + number + ": '" + said + "' is no line of a config file",
                        "Write key = value, for example port = 6881.");
            }
        }
        return new ConfigFile(name, entries);
    }

    private static String withoutComment(String line) {
        for (int i = line.indexOf('#'); i >= 0; i = line.indexOf('#', i + 1)) {
            if (i == 0 || Character.isWhitespace(line.charAt(i - 1))) {
                return line.substring(0, i);
            }
        }
        return line;
    }
}
