package dev.starling;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The import rules of `docs/ARCHITECTURE.md`, held by the build.
///
/// Two kinds: which package may import which (one table, [#MAY_IMPORT]), and what a core may not
/// touch at all, so that the simulator can drive it on virtual time and replay it from a seed. No
/// rule passes on an empty package, so renaming a package cannot void one unnoticed.
@AnalyzeClasses(packages = "dev.starling", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final List<String> BASE = List.of("bencode", "id", "hash", "machine");
    private static final List<String> CORE =
            joined(BASE, "item", "krpc", "routing", "metainfo", "wire", "lookup", "dht", "swarm");

    /// All of that package but the converter of units.
    private static final String CONCURRENT = "java.util.concurrent.(?!TimeUnit)";

    /// Each package of the library with the others it may import.
    private static final Map<String, List<String>> MAY_IMPORT = new TreeMap<>();

    static {
        BASE.forEach(base -> MAY_IMPORT.put(base, BASE));
        MAY_IMPORT.put("item", List.of("bencode", "id", "hash"));
        MAY_IMPORT.put("krpc", joined(BASE, "item"));
        MAY_IMPORT.put("metainfo", BASE);
        MAY_IMPORT.put("wire", joined(BASE, "metainfo"));
        // These two know no wire format: neither krpc nor bencode.
        MAY_IMPORT.put("routing", List.of("id", "hash", "machine"));
        MAY_IMPORT.put("lookup", List.of("id", "hash", "machine", "routing"));
        MAY_IMPORT.put("dht", joined(BASE, "item", "krpc", "routing", "lookup"));
        MAY_IMPORT.put("swarm", joined(BASE, "metainfo", "wire"));
        // Edges import cores and never one another; what is stored is not what is sent.
        MAY_IMPORT.put("net", CORE);
        MAY_IMPORT.put("disk", CORE);
        MAY_IMPORT.put("rocks", CORE.stream().filter(name -> !name.equals("krpc")).toList());
        MAY_IMPORT.put("sim", CORE);
        MAY_IMPORT.put("runtime", joined(CORE, "net", "disk", "rocks"));
    }

    @ArchTest
    static final ArchRule packagesImportOnlyWhatTheTableAllows =
            CompositeArchRule.of(
                            MAY_IMPORT.entrySet().stream()
                                    .map(row -> importsOnly(row.getKey(), row.getValue()))
                                    .toList())
                    .as("packages should import only what MAY_IMPORT names in their row");

    @ArchTest
    static final ArchRule everyPackageIsInTheTable =
            classes()
                    .should()
                    .resideInAnyPackage(patterns(MAY_IMPORT.keySet()))
                    .because("a package's place is decided before it exists");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("dev.starling.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule coresUseOnlyTheJdk =
            in(CORE).should()
                    .dependOnClassesThat()
                    .resideOutsideOfPackages(
                            "dev.starling..", "java..", "jdk.incubator.vector..", "org.jspecify..");

    @ArchTest
    static final ArchRule coresKnowNoSocketsAndNoFiles =
            in(CORE).should()
                    .dependOnClassesThat(
                            named("java.nio.(channels|file)..*")
                                    .or(named("java.net.(?!URI|URL.+).*"))
                                    .or(named("java.io.(File.*|RandomAccessFile|Console)")))
                    .because("inputs and effects carry what goes in and out of a core");

    @ArchTest
    static final ArchRule coresKnowNoThreads =
            in(CORE).should()
                    .dependOnClassesThat(
                            named("java.lang.(Thread.*|InheritableThread.*|Process.*|Runtime)")
                                    .or(named("java.util.Timer.*"))
                                    .or(named(CONCURRENT + "(?!atomic|Concurrent).*")))
                    .because("a machine is confined to the loop that drives it");

    @ArchTest
    static final ArchRule onlyTheDhtSharesItsState =
            in(CORE.stream().filter(name -> !name.equals("dht")).toList())
                    .should()
                    .dependOnClassesThat(named(CONCURRENT + ".*"))
                    .because("only the peer store and the table's snapshot are read by many loops");

    @ArchTest
    static final ArchRule coresLockNothing =
            in(CORE).should(ArchCondition.from(describe("lock", (JavaClass type) -> locks(type))))
                    .because("a machine is confined to the loop that drives it");

    @ArchTest
    static final ArchRule coresReadNoClock =
            in(joined(CORE, "sim"))
                    .should()
                    .accessTargetWhere(
                            call("java.lang.System", "(?!arraycopy).*")
                                    .or(call("java.time..*", "now"))
                                    .or(call("java.time.(Clock|InstantSource)", ".*")))
                    .because("time is an argument, and the environment is an edge's business");

    @ArchTest
    static final ArchRule coresMakeNoRandomness =
            in(joined(CORE, "sim"))
                    .should()
                    .accessTargetWhere(
                            call("java.util.concurrent.ThreadLocalRandom", ".*")
                                    .or(call("java.security.SecureRandom", ".*"))
                                    .or(call("java.lang.Math", "random"))
                                    .or(call("java.util.UUID", "randomUUID"))
                                    .or(call("java.util.random.RandomGenerator.*", "of|getDefault"))
                                    .or(unseeded("java.util.(Spl\\w+)?Random", "<init>", 0))
                                    .or(unseeded("java.util.random..*Factory", "create", 0))
                                    .or(unseeded("java.util.Collections", "shuffle", 1)))
                    .because("randomness is injected and seeded");

    @ArchTest
    static final ArchRule coresIterateInADefinedOrder =
            in(joined(CORE, "sim"))
                    .should()
                    .accessTargetWhere(call("java.util.(Set|Map)", "of|ofEntries|copyOf"))
                    .because(
                            "their order changes from one JVM to the next, and a seed must replay");

    private static ArchRule importsOnly(String name, List<String> row) {
        var allowed = joined(row, name);
        var others =
                MAY_IMPORT.keySet().stream().filter(other -> !allowed.contains(other)).toList();
        return in(List.of(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(patterns(others));
    }

    private static GivenClassesConjunction in(Collection<String> names) {
        return noClasses().that().resideInAnyPackage(patterns(names));
    }

    private static String[] patterns(Collection<String> names) {
        return names.stream().map(name -> "dev.starling." + name + "..").toArray(String[]::new);
    }

    private static List<String> joined(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    private static DescribedPredicate<JavaClass> named(String regex) {
        return describe("are named " + regex, type -> type.getName().matches(regex));
    }

    private static DescribedPredicate<JavaAccess<?>> call(String owners, String members) {
        return describe(
                owners + "::" + members,
                access ->
                        access.getTargetOwner().getName().matches(owners)
                                && access.getTarget().getName().matches(members));
    }

    /// The form of `members` that draws its seed from the environment, told by its few parameters.
    private static DescribedPredicate<JavaAccess<?>> unseeded(
            String owners, String members, int parameterCount) {
        return call(owners, members)
                .and(
                        describe(
                                "with " + parameterCount + " parameters",
                                access ->
                                        access.getTarget() instanceof CodeUnitAccessTarget target
                                                && target.getRawParameterTypes().size()
                                                        == parameterCount));
    }

    /// Whether a class has a `synchronized` method or block; ArchUnit sees only the methods.
    private static boolean locks(JavaClass type) {
        var file = Path.of(type.getSource().orElseThrow().getUri());
        try {
            return ClassFile.of().parse(file).methods().stream().anyMatch(ArchitectureTest::locks);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static boolean locks(MethodModel method) {
        return method.flags().has(AccessFlag.SYNCHRONIZED)
                || method.code().stream()
                        .flatMap(CodeModel::elementStream)
                        .anyMatch(MonitorInstruction.class::isInstance);
    }
}
