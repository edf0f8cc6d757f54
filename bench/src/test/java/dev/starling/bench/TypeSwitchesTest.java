package dev.starling.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.reflect.InvocationTargetException;
import java.nio.CharBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypeSwitchesTest {

    /// A switch with guards, whose call begins again behind the label that did not hold, and one in
    /// an interface.
    interface Sample {

        static String name(Object subject) {
            return switch (subject) {
                case Integer number when number > 100 -> "large";
                case Integer number when number > 10 -> "middling";
                case Integer _ -> "small";
                case CharSequence text -> "text " + kind(text);
                case List<?> _, Character _ -> "some";
                default -> "other";
            };
        }

        private static String kind(CharSequence text) {
            return switch (text) {
                case String _ -> "fixed";
                case Appendable _ -> "growing";
                default -> "strange";
            };
        }
    }

    @Test
    void aRewrittenSwitchDoesWhatItDid() throws Exception {
        var rewritten = new Loader(rewritten()).loadClass(Sample.class.getName());
        var name = rewritten.getMethod("name", Object.class);
        name.setAccessible(true);

        CharSequence strange = CharBuffer.wrap("x");
        for (Object subject : List.of(101, 100, 11, 10, -1, "", strange, List.of(), 'c', 1L)) {
            assertThat(name.invoke(null, subject))
                    .as("%s", subject)
                    .isEqualTo(Sample.name(subject));
        }
        assertThatThrownBy(() -> name.invoke(null, new Object[] {null}))
                .isInstanceOf(InvocationTargetException.class)
                .hasCauseInstanceOf(NullPointerException.class);
    }

    @Test
    void nothingIsLeftToTheBootstrapMethod() throws Exception {
        assertThat(typeSwitches(original())).isEqualTo(2);
        assertThat(typeSwitches(rewritten())).isZero();
    }

    private static long typeSwitches(byte[] type) {
        return ClassFile.of().parse(type).methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .filter(element ->
                        element instanceof InvokeDynamicInstruction call
                                && call.name().equalsString("typeSwitch"))
                .count();
    }

    private static byte[] rewritten() throws IOException {
        byte[] original = original();
        var classFile = Jars.classFile(TypeSwitchesTest.class.getClassLoader());
        return TypeSwitches.rewritten(classFile.parse(original), original, classFile);
    }

    private static byte[] original() throws IOException {
        try (var in = TypeSwitchesTest.class.getResourceAsStream("TypeSwitchesTest$Sample.class")) {
            if (in == null) {
                throw new IOException("the sample is not there");
            }
            return in.readAllBytes();
        }
    }

    /// Loads the sample from bytes and all else as ever.
    private static final class Loader extends ClassLoader {

        private final byte[] sample;

        Loader(byte[] sample) {
            super(TypeSwitchesTest.class.getClassLoader());
            this.sample = sample;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(Sample.class.getName())
                    ? defineClass(name, sample, 0, sample.length)
                    : super.loadClass(name, resolve);
        }
    }
}
