package dev.tranche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The functions of `./tranche`, one by one.
class LauncherTest {
    @TempDir
    private Path home = Path.of("");

    /// A folder that looks like a JDK: the launcher reads its `release` and starts nothing.
    private Path jdk(String name, String version) throws IOException {
        Path folder = home.resolve(name);
        Files.createDirectories(folder.resolve("bin"));
        for (String program : new String[] {"java", "javac"}) {
            Path file = Files.writeString(folder.resolve("bin").resolve(program), "#!/bin/sh\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return folder;
    }

    private String found(Bash bash) {
        return bash.lines("find_jdk || echo none").out().strip();
    }

    @Test
    void javaHomeIsTakenWhenItIsNewEnough() throws IOException {
        Path newer = jdk("mine", "26");
        jdk("jvm/jdk-25", "25.0.3");
        assertThat(found(Bash.in(home).with("JAVA_HOME", newer.toString()))).isEqualTo(newer.toString());
    }

    @Test
    void anOldJavaHomeIsPassedOver() throws IOException {
        Path old = jdk("old", "17.0.15");
        jdk("jvm/a-jdk-8", "1.8.0_402");
        jdk("jvm/b-jdk-21", "21");
        Path good = jdk("jvm/c-jdk-25", "25.0.3");
        assertThat(found(Bash.in(home).with("JAVA_HOME", old.toString()))).isEqualTo(good.toString());
    }

    @Test
    void aRuntimeWithoutACompilerIsNoJdk() throws IOException {
        Files.delete(jdk("jvm/jre-25", "25").resolve("bin/javac"));
        assertThat(found(Bash.in(home).with("PATH", "/bin:/usr/bin:" + home))).doesNotContain("jre-25");
    }

    @Test
    void theOneOnThePathIsFoundThroughItsLinks() throws IOException {
        Path real = jdk("hidden/jdk", "25");
        Files.createDirectories(home.resolve("bin"));
        Files.createSymbolicLink(home.resolve("bin/java"), Path.of("../hidden/jdk/bin/java"));
        assertThat(found(Bash.in(home).with("PATH", home.resolve("bin") + ":/usr/bin:/bin")))
                .isEqualTo(real.toRealPath().toString());
    }

    @Test
    void withoutAJdkTheMessageSaysWhatToDo() throws IOException {
        Path old = jdk("old", "17.0.15");
        Bash.Ended ended = Bash.in(home)
                .with("JAVA_HOME", old.toString())
                .lines("jdk_candidates() { printf '%s\\n' \"$JAVA_HOME\"; }", "need_jdk");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out())
                .contains("needs a JDK 25 or newer")
                .contains("JAVA_HOME is " + old + " (JDK 17).")
                .contains("https://adoptium.net");
    }

    @Test
    void theRootIsFoundThroughLinksAndFromElsewhere() throws IOException {
        Path place = Files.createDirectories(home.resolve("real/place"));
        Files.copy(Bash.LAUNCHER, place.resolve("tranche"));
        Files.createSymbolicLink(home.resolve("once"), place.resolve("tranche"));
        Files.createSymbolicLink(home.resolve("twice"), Path.of("once"));
        assertThat(Bash.in(home)
                        .lines("cd /; root_of '" + home.resolve("twice") + "'")
                        .out()
                        .strip())
                .isEqualTo(place.toRealPath().toString());
    }

    private void module(String name, String... needs) throws IOException {
        Path folder = Files.createDirectories(home.resolve(name));
        StringBuilder pom = new StringBuilder("<artifactId>tranche-" + name + "</artifactId>\n");
        for (String need : needs) {
            pom.append("<dependency><artifactId>tranche-").append(need).append("</artifactId></dependency>\n");
        }
        Files.writeString(folder.resolve("pom.xml"), pom);
        Files.createDirectories(folder.resolve("src/main/java"));
        Files.writeString(folder.resolve("src/main/java/A.java"), "class A {}");
        Files.createDirectories(folder.resolve("target/lib"));
        Files.writeString(folder.resolve("target/tranche-" + name + "-0.1.0.jar"), "");
        Files.writeString(home.resolve("pom.xml"), "<modules/>");
    }

    @Test
    void whatAModuleNeedsIsReadFromThePoms() throws IOException {
        module("inference");
        module("credit", "inference");
        module("server", "credit", "inference");
        assertThat(Bash.in(home).lines("with_upstream_all 'server credit'").out())
                .isEqualTo("credit\ninference\nserver\n");
    }

    @Test
    void aModuleIsStaleWhenItsBytesChangedAndNotWhenOnlyItsTimesDid() throws IOException {
        module("cli");
        String fresh = "is_fresh cli && echo fresh || echo stale";
        assertThat(Bash.in(home).lines(fresh).out()).isEqualTo("stale\n");
        Bash.in(home).lines("remember cli:$(source_digest cli)");
        assertThat(Bash.in(home).lines(fresh).out()).isEqualTo("fresh\n");

        Path source = home.resolve("cli/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(Bash.in(home).lines(fresh).out()).isEqualTo("fresh\n");

        Files.writeString(source, "class A { int a; }");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(9)));
        assertThat(Bash.in(home).lines(fresh).out()).isEqualTo("stale\n");

        Bash.in(home).lines("remember cli:$(source_digest cli)", "rm '" + source + "'");
        Files.setLastModifiedTime(
                source.getParent(), FileTime.from(Instant.now().plusSeconds(19)));
        assertThat(Bash.in(home).lines(fresh).out()).isEqualTo("stale\n");
    }

    @Test
    void theClassPathIsTheJarAndThenTheLibrariesByName() throws IOException {
        module("cli");
        for (String jar : new String[] {"b.jar", "a.jar", "notes.txt"}) {
            Files.writeString(home.resolve("cli/target/lib").resolve(jar), "");
        }
        String target = home.resolve("cli/target").toString();
        assertThat(Bash.in(home).lines("class_path cli").out().strip())
                .isEqualTo(target + "/tranche-cli-0.1.0.jar:" + target + "/lib/a.jar:" + target + "/lib/b.jar");
        Bash.Ended missing = Bash.in(home).lines("class_path server");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.out()).contains("module server is not built");
    }

    @Test
    void theSummaryCountsTestsAndShowsWhoIsBelowTheLine() throws IOException {
        Path target = home.resolve("release/target");
        Files.createDirectories(target.resolve("surefire-reports"));
        Files.createDirectories(target.resolve("site/jacoco"));
        Files.writeString(
                target.resolve("surefire-reports/TEST-a.xml"),
                "<?xml?>\n<testsuite name=\"a\" time=\"1,001.5\" tests=\"7\" errors=\"1\" skipped=\"2\" failures=\"1\">\n");
        Files.writeString(
                target.resolve("surefire-reports/TEST-b.xml"),
                "<testsuite xmlns:x=\"y\" name=\"b\" time=\"0.5\" tests=\"3\" errors=\"0\" skipped=\"0\" failures=\"0\">\n");
        Files.writeString(
                target.resolve("site/jacoco/jacoco.csv"),
                "GROUP,PACKAGE,CLASS,IM,IC,BM,BC,LM,LC,CM,CC,MM,MC\ng,p,A,0,0,0,0,30,60,0,0,0,0\ng,p,B,0,0,0,0,0,10,0,0,0,0\n");
        Bash.Ended ended = Bash.in(home).lines("summary release empty | tee table", "closing_line < table");
        assertThat(ended.out())
                .contains("release           10       2        2    1002.0   70.0 % of 100   BELOW the line")
                .containsPattern("empty +0 +0 +0 +0.0 +-\n")
                .endsWith("6 passed, 2 failed, 2 skipped\n");
    }

    @Test
    void theTestCommandRefusesWhatItDoesNotKnow() {
        assertThat(Bash.in(home).lines("run_tests --fast").code()).isEqualTo(2);
        assertThat(Bash.in(home).lines("run_tests nomodule").out()).contains("no module nomodule");
        assertThat(Bash.in(home).lines("run_tests --help").out()).contains("--all");
    }
}
