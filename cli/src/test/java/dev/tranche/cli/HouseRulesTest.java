package dev.tranche.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// What this module may lean on; the rules of every module are in module `house`.
@AnalyzeClasses(packages = "dev.tranche.cli", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchRule theCommandLineKnowsNoOtherModuleOfOurs = classes()
            .that()
            .resideInAPackage("dev.tranche.cli..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.tranche.cli..",
                    "java..",
                    "javax..",
                    "com.sun.net.httpserver..",
                    "picocli..",
                    "tools.jackson..",
                    "com.fasterxml.jackson.annotation..",
                    "me.tongfei.progressbar..",
                    "org.jspecify.annotations..")
            .because("it proves that the public API is enough");

    @ArchTest
    static final ArchRule theScreenKnowsNoServer = noClasses()
            .that()
            .resideInAPackage("dev.tranche.cli.screen..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tranche.cli.http..", "dev.tranche.cli.command..", "java.net..");

    @ArchTest
    static final ArchRule onlyTheWorldAsksForTheTime = noClasses()
            .that()
            .doNotHaveSimpleName("World")
            .and()
            .doNotHaveSimpleName("Rehearsal")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "getenv");
}
