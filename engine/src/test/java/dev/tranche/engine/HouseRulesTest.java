package dev.tranche.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.tranche.engine", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchRule theEngineKnowsNoServerAndNoBatch = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.tranche.engine..",
                    "dev.tranche.market..",
                    "dev.tranche.release..",
                    "dev.tranche.runtime..",
                    "java..",
                    "io.micrometer..",
                    "com.linecorp.armeria..",
                    "tools.jackson..",
                    "picocli..",
                    "org.slf4j..",
                    "org.jspecify.annotations..")
            .because("it reads routes and posts measurements like any other client");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.tranche.engine.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatThingsAre = noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Util|Utils|Impl|Processor|Info|Data|Base|Common|Generic)")
            .because("HOUSE 3");

    @ArchTest
    static final ArchRule marketDataKnowNothingOfDetectors = noClasses()
            .that()
            .resideInAPackage("dev.tranche.engine.feed..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tranche.engine.divergence..", "dev.tranche.engine.signal..");

    @ArchTest
    static final ArchRule doorsKnowNothingOfDetectors = noClasses()
            .that()
            .resideInAPackage("dev.tranche.engine.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.tranche.engine.divergence..", "dev.tranche.engine.feed..", "dev.tranche.engine.upstream..");

    @ArchTest
    static final ArchRule onlyTicksKnowTheTime =
            noClasses().should().callMethod(java.time.Instant.class, "now").because("HOUSE 4");

    @ArchTest
    static final ArchRule threadsHaveNoLocalMemory =
            noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);
}
