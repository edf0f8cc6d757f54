package dev.starling.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

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
        for (var name : jars) {
            var jar = Path.of(name);
            Files.write(jar, rewritten(jar));
        }
    }

    private static byte[] rewritten(Path jar) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var in = new ZipFile(jar.toFile());
                var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                var out = new ZipOutputStream(bytes)) {
            var classFile =
                    ClassFile.of(
                            StackMapsOption.GENERATE_STACK_MAPS,
                            ClassHierarchyResolverOption.of(
                                    ClassHierarchyResolver.ofResourceParsing(loader)));
            for (var entry : Collections.list(in.entries())) {
                var content = in.getInputStream(entry).readAllBytes();
                var copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(entry.getTimeLocal());
                out.putNextEntry(copy);
                out.write(
                        entry.getName().endsWith(".class") ? raised(content, classFile) : content);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] raised(byte[] content, ClassFile classFile) {
        var model = classFile.parse(content);
        return model.majorVersion() < ClassFile.JAVA_6_VERSION
                ? classFile.transformClass(model, TO_JAVA_8)
                : content;
    }
}
