package dev.tranche.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Which way the doors of the server open.
@AnalyzeClasses(packages = "dev.tranche.server", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchRule DOORS_DO_NOT_LEAD_INTO_DOORS = noClasses()
            .that()
            .resideInAPackage("..server.console..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..server.http..", "..server.grpc..");

    @ArchTest
    static final ArchRule NOR_THE_OTHER_WAY_ROUND = noClasses()
            .that()
            .resideInAPackage("..server.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..server.console..", "..server.grpc..");

    @ArchTest
    static final ArchRule NOR_INTO_GRPC = noClasses()
            .that()
            .resideInAPackage("..server.grpc..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..server.http..", "..server.console..", "tools.jackson..");

    @ArchTest
    static final ArchRule NOTHING_BEHIND_THE_DOORS_KNOWS_THEM = noClasses()
            .that()
            .resideInAnyPackage(
                    "..server.journal..",
                    "..server.measured..",
                    "..server.serving..",
                    "..server.artifact..",
                    "..server.protocol..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..server.http..", "..server.grpc..", "..server.console..", "com.linecorp.armeria..");
}
