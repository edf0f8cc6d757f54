package dev.starling.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafePathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "Ünï cödé 文字 🐦.mkv",
                ".hidden",
                "a.tar.gz",
                "-rf",
                "~",
                "$HOME",
                "%2e%2e",
                "console.txt",
                "com10",
                "lptx",
                "a b",
                "..a",
                "a..b",
                "x'y`z;&"
            })
    void anOrdinaryNameStaysAsItIs(String name) {
        assertThat(SafePath.element(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", " ", ". .", "/", "\\", "../", "\u200b", "/./"})
    void whatNamesNothingBecomesAnUnderscore(String name) {
        assertThat(SafePath.element(name)).isEqualTo("_");
    }

    @Test
    void separatorsAreDropped() {
        assertThat(SafePath.element("/etc/passwd")).isEqualTo("etcpasswd");
        assertThat(SafePath.element("..\\..\\boot.ini")).isEqualTo("....boot.ini");
    }

    @Test
    void whatHidesOrTurnsTextIsDropped() {
        assertThat(SafePath.element("invoice\u202Efdp.exe")).isEqualTo("invoicefdp.exe");
        assertThat(SafePath.element("a\u200Bb\u200Dc\uFEFFd\u2066e\u061Cf\u00ADg"))
                .isEqualTo("abcdefg");
    }

    @Test
    void controlCharactersBecomeUnderscores() {
        assertThat(SafePath.element("a\0b\nc\u001b[2Jd\u007fe\u0085f\u2028g"))
                .isEqualTo("a_b_c_[2Jd_e_f_g");
    }

    @Test
    void whatIsNotTextBecomesUnderscores() {
        assertThat(SafePath.element("a\uFFFDb\uD800c\uFFFFd")).isEqualTo("a_b_c_d");
    }

    @Test
    void charactersThatSomeFileSystemsReserveBecomeUnderscores() {
        assertThat(SafePath.element("C:\\<a>|\"b\"?*")).isEqualTo("C__a___b___");
    }

    @ParameterizedTest
    @CsvSource({
        "con, _con",
        "CON, _CON",
        "nul.txt, _nul.txt",
        "Aux.tar.gz, _Aux.tar.gz",
        "com1, _com1",
        "LPT9.log, _LPT9.log",
        "com¹, _com¹",
        "'con .txt', '_con .txt'",
        "con., _con",
        "conin$, _conin$",
    })
    void namesOfWindowsDevicesGetAnUnderscore(String name, String safe) {
        assertThat(SafePath.element(name)).isEqualTo(safe);
    }

    @Test
    void dotsAndSpacesAtTheEndGo() {
        assertThat(SafePath.element("name. . ")).isEqualTo("name");
        assertThat(SafePath.element(" name")).isEqualTo(" name");
    }

    @Test
    void aLongNameKeepsItsExtension() {
        String name = SafePath.element("n".repeat(300) + ".mkv");

        assertThat(name).isEqualTo("n".repeat(236) + ".mkv");
    }

    @Test
    void aLongNameIsCutBetweenCharacters() {
        String name = SafePath.element("a" + "🐦".repeat(100));

        assertThat(name).isEqualTo("a" + "🐦".repeat(59));
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSize(237);
    }

    @Test
    void aLongEndingIsNoExtension() {
        assertThat(SafePath.element("a." + "b".repeat(300))).isEqualTo("a." + "b".repeat(238));
        assertThat(SafePath.element("con" + " ".repeat(300) + "x")).isEqualTo("_con");
    }

    @Test
    void everyPathLiesBelowTheName() {
        assertThat(paths("../name", "a/b", "..", "/etc"))
                .containsExactly("..name/a/b", "..name/_.1", "..name/_/etc");
    }

    @Test
    void filesOfOneNameAreNumbered() {
        assertThat(paths("t", "a.txt", "a.txt", "a.txt", "b", "b", "a.1.txt"))
                .containsExactly(
                        "t/a.txt", "t/a.1.txt", "t/a.2.txt", "t/b", "t/b.1", "t/a.1.1.txt");
    }

    @Test
    void namesThatDifferInCaseOnlyAreNumbered() {
        assertThat(paths("t", "Makefile", "makefile", "D/x", "d/X", "straße", "STRASSE"))
                .containsExactly(
                        "t/Makefile",
                        "t/makefile.1",
                        "t/D/x",
                        "t/d/X.1",
                        "t/straße",
                        "t/STRASSE.1");
    }

    @Test
    void namesThatDifferInTheirAccentsFormOnlyAreNumbered() {
        assertThat(paths("t", "e\u0301", "\u00e9")).containsExactly("t/e\u0301", "t/\u00e9.1");
    }

    @Test
    void namesThatBecomeOneAreNumbered() {
        assertThat(paths("t", "a:", "a?", "a.", "a"))
                .containsExactly("t/a_", "t/a_.1", "t/a", "t/a.1");
    }

    @Test
    void aFileGivesWayToAFolderWhicheverComesFirst() {
        assertThat(paths("t", "a", "a/b", "c/d", "C"))
                .containsExactly("t/a.1", "t/a/b", "t/c/d", "t/C.1");
        assertThat(paths("t", "a", "a.1/b", "a/c")).containsExactly("t/a.2", "t/a.1/b", "t/a/c");
    }

    @Test
    void manyFilesOfOneNameTakeLinearTime() {
        var same = Collections.nCopies(20_000, List.of("n".repeat(240)));

        var paths = SafePath.paths("t", same);

        assertThat(new HashSet<>(paths)).hasSize(20_000);
        assertThat(paths.get(19_999)).isEqualTo("t/" + "n".repeat(234) + ".19999");
    }

    /// Splits at `/`, so an empty element stands for a separator at either end.
    private static List<String> paths(String name, String... paths) {
        return SafePath.paths(
                name, Arrays.stream(paths).map(path -> List.of(path.split("/", -1))).toList());
    }
}
