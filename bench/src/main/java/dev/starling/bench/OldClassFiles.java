package dev.starling.bench;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;

/// A step of the build: gives classes compiled for Java 5 the stack maps of Java 8.
///
/// The JVM's start-up cache takes no class that is older than Java 6, for only the old verifier can
/// check it. Picocli is such a library, and every start loads most of it. What a class does stays
/// the same; `docs/decisions/start-up.md` says what this gains.
final class OldClassFiles {

    private static final ClassTransform TO_JAVA_8 =
            ClassTransform.transformingMethodBodies(CodeBuilder::with)
                    .andThen((type, element) -> {
                        if (element instanceof ClassFileVersion) {
                            type.withVersion(ClassFile.JAVA_8_VERSION, 0);
                        } else {
                            type.with(element);
                        }
                    });

    private OldClassFiles() {}

    /// Rewrites each jar that is named, in its place.
    public static void main(String[] jars) throws IOException {
        Jars.rewrite(jars, OldClassFiles::raised);
    }

    private static byte[] raised(ClassModel type, byte[] content, ClassFile classFile) {
        return type.majorVersion() < ClassFile.JAVA_6_VERSION
                ? classFile.transformClass(type, TO_JAVA_8)
                : content;
    }
}
