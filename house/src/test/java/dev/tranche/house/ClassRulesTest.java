package dev.tranche.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is looked up in the class files of every module: HOUSE 2 to 5. What a module alone keeps to is in its
/// own HouseRulesTest.
class ClassRulesTest {
    /// Modules whose packages have packages of their own: a room may be untidy inside, not between rooms.
    private static final Set<String> WITH_ROOMS = Set.of("inference", "release", "server", "batch", "engine");

    private static final JavaClasses ALL = House.classes(House.withClasses());

    private static List<String> modules() {
        return House.withClasses();
    }

    private static String packageOf(String module) {
        return "dev.tranche." + module.replace('-', '.');
    }

    private static DescribedPredicate<JavaClass> in(String module) {
        String name = packageOf(module);
        return describe(
                "in " + name,
                type -> (type.getPackageName() + ".").startsWith(name + ".")
                        && (module.endsWith("onnx") || !type.getPackageName().startsWith(packageOf("inference-onnx"))));
    }

    /// Ours, outside of one module and of those that it may know.
    private static DescribedPredicate<JavaClass> oursExcept(List<String> allowed) {
        return describe(
                "of ours outside of " + allowed,
                type -> type.getPackageName().startsWith("dev.tranche.")
                        && allowed.stream().noneMatch(module -> in(module).test(type)));
    }

    @Test
    void namesSayWhatAThingIs() {
        classes()
                .should()
                .haveNameNotMatching(
                        ".*(Manager|Helper|Util|Impl|Processor|Info|Data|Base|Common|Generic)(s|es)?(\\$.*)?")
                .andShould()
                .haveNameNotMatching(".*[.$](Common|Generic|Base)[A-Z][^.]*")
                .check(ALL);
    }

    @Test
    void onlyRecordsHavePublicConstructors() {
        constructors()
                .that()
                .areDeclaredInClassesThat()
                .areNotAssignableTo(Record.class)
                .and()
                .areDeclaredInClassesThat()
                .areNotAnnotatedWith("org.openjdk.jmh.annotations.State")
                .should()
                .notBePublic()
                .check(ALL);
    }

    @Test
    void valuesAreNotGotten() {
        methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat(describe(
                        "not implementing somebody else's interface",
                        type -> type.getAllRawInterfaces().stream()
                                        .allMatch(each -> each.getPackageName().startsWith("dev.tranche"))
                                && type.getRawSuperclass()
                                        .map(parent -> parent.getPackageName().startsWith("dev.tranche")
                                                || parent.getPackageName().equals("java.lang"))
                                        .orElse(true)))
                .should()
                .haveNameNotMatching("get[A-Z].*")
                .check(ALL);
    }

    @Test
    void nothingIsWrittenByJavaSerialization() {
        classes()
                .that()
                .areAssignableTo(Serializable.class)
                .and()
                .areNotAssignableTo(Map.class) // what extends a map of the platform inherits it
                .should()
                .beAssignableTo(Throwable.class)
                .orShould()
                .beEnums()
                .check(ALL);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .check(ALL);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void packagesFormNoCycle(String module) {
        slices().matching(packageOf(module) + (WITH_ROOMS.contains(module) ? ".(*).." : ".(**)"))
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(House.classes(List.of(module)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"inference", "release", "market", "credit"})
    void aDomainAsksNoClockStartsNoThreadAndLeavesTheMachineAlone(String module) {
        JavaClasses domain = House.classes(List.of(module));
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(Math.class, "random")
                .check(domain);
        noClasses().should().dependOnClassesThat().areAssignableTo(Clock.class).check(domain);
        noClasses().should().dependOnClassesThat().areAssignableTo(Thread.class).check(domain);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.util.concurrent..", "java.net..", "java.sql..", "org.slf4j..", "tools.jackson..")
                .check(domain);
    }

    @Test
    void doorsOpenOneWay() {
        knows("inference", List.of("inference"));
        knows("inference-onnx", List.of("inference-onnx", "inference"));
        knows("release", List.of("release"));
        knows("market", List.of("market", "inference"));
        knows("credit", List.of("credit", "inference"));
        knows("runtime", List.of("runtime", "release"));
        knows("server", List.of("server", "release", "credit", "inference", "inference-onnx", "runtime"));
        knows("engine", List.of("engine", "market", "inference", "release", "runtime"));
        knows("batch", List.of("batch", "market", "credit", "inference", "inference-onnx", "runtime", "release"));
        knows("cli", List.of("cli"));
    }

    private static void knows(String module, List<String> allowed) {
        noClasses()
                .that(in(module))
                .should()
                .dependOnClassesThat(oursExcept(allowed))
                .check(ALL);
    }
}
