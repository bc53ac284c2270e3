package dev.tranche.inference.pmml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.RowRefusedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Derived fields, each answered as it is; NaN stands for a row without an answer.
class ExpressionTest {
    private static final String NORM =
            "<NormContinuous field='age' OPTIONS><LinearNorm orig='0' norm='10'/><LinearNorm orig='10' norm='20'/><LinearNorm orig='20' norm='0'/></NormContinuous>";
    private static final String BINS =
            "<Discretize field='age' defaultValue='9' mapMissingTo='8'><DiscretizeBin binValue='1'><Interval closure='openClosed' rightMargin='10'/></DiscretizeBin><DiscretizeBin binValue='2'><Interval closure='openOpen' leftMargin='10' rightMargin='20'/></DiscretizeBin></Discretize>";
    private static final String MAP =
            "<MapValues outputColumn='out' defaultValue='5' mapMissingTo='6'><FieldColumnPair field='job' column='j'/><InlineTable><row><j>clerk</j><out>1.5</out></row><row><j>none</j><out>2</out></row></InlineTable></MapValues>";

    private static void check(String expression, Object age, Object income, String job, double expected) {
        PmmlModel model = Pmml.read(Pmml.derived("double", expression.replace('\'', '"')));
        if (Double.isNaN(expected)) {
            assertThatThrownBy(() -> Pmml.predict(model, age, income, job)).isInstanceOf(RowRefusedException.class);
        } else {
            assertThat(Pmml.predict(model, age, income, job).score()).isCloseTo(expected, within(1e-15));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 5, 15",
        "'', 15, 10",
        "'', 30, -20",
        "'', -1, 9",
        "outliers='asExtremeValues', 30, 0",
        "outliers='asExtremeValues', -5, 10",
        "outliers='asMissingValues', 30, NaN",
        "mapMissingTo='3', NaN, 3"
    })
    void linesBetweenPoints(String options, double age, double expected) {
        check(NORM.replace("OPTIONS", options), age, 0, "", expected);
    }

    @ParameterizedTest
    @CsvSource({"-4, 1", "10, 1", "10.5, 2", "20, 9", "NaN, 8"})
    void bins(double age, double expected) {
        check(BINS, age, 0, "", expected);
    }

    @ParameterizedTest
    @CsvSource({"clerk, 1.5", "none, 2", "sailor, 5", "'', 6"})
    void tables(String job, double expected) {
        check(MAP, 0, 0, job, expected);
    }

    @ParameterizedTest
    @CsvSource({"clerk, 1", "sailor, 0", "'', 7"})
    void indicators(String job, double expected) {
        check("<NormDiscrete field='job' value='clerk' mapMissingTo='7'/>", 0, 0, job, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-      | 30  | 4   | 26",
                "/      | 30  | 4   | 7.5",
                "/      | 30  | 0   | NaN",
                "pow    | 3   | 4   | 81",
                "min    | 3   | 4   | 3",
                "max    | NaN | 4   | 4",
                "sum    | NaN | 4   | 4",
                "avg    | 3   | 4   | 3.5",
                "+      | NaN | 4   | NaN",
                "threshold | 3 | 4  | 0",
                "equal  | 4   | 4   | 1",
                "lessThan | 4 | 4   | 0",
                "isIn   | 4   | 4   | 1",
                "isNotIn | 4  | 5   | 1"
            })
    void functionsOfTwo(String function, double age, double income, double expected) {
        check(
                "<Apply function='%s'><FieldRef field='age'/><FieldRef field='income'/></Apply>".formatted(function),
                age,
                income,
                "",
                expected);
    }

    @ParameterizedTest
    @CsvSource({
        "ln, 1, 0",
        "exp, 0, 1",
        "sqrt, 9, 3",
        "abs, -2, 2",
        "floor, 2.7, 2",
        "ceil, 2.2, 3",
        "round, 2.5, 3",
        "log10, 1000, 3",
        "isMissing, NaN, 1",
        "isNotMissing, NaN, 0",
        "rint, 2.5, 2"
    })
    void functionsOfOne(String function, double age, double expected) {
        check("<Apply function='%s'><FieldRef field='age'/></Apply>".formatted(function), age, 0, "", expected);
    }

    @ParameterizedTest
    @CsvSource({"30, clerk, 1", "30, none, 2", "10, clerk, 2", "30, '', 3", "10, '', 2"})
    void conditions(double age, String job, double expected) {
        check(
                "<Apply function='if' defaultValue='3'><Apply function='and'>"
                        + "<Apply function='greaterThan'><FieldRef field='age'/><Constant dataType='double'>18</Constant></Apply>"
                        + "<Apply function='equal'><FieldRef field='job'/><Constant dataType='string'>clerk</Constant></Apply>"
                        + "</Apply><Constant>1</Constant><Constant>2</Constant></Apply>",
                age,
                0,
                job,
                expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<Apply function='uppercase'><FieldRef field='job'/></Apply> | uppercase",
                "<Apply function='exp'><FieldRef field='job'/></Apply> | a text",
                "<FieldRef field='job'/> | a text is not read as a number",
                "<FieldRef field='later'/> | no field is named",
                "<Lag field='age'/> | <Lag> is not read",
                "<NormContinuous field='age'><LinearNorm orig='0' norm='1'/></NormContinuous> | at least 2",
                "<Apply function='equal'><FieldRef field='job'/><FieldRef field='job'/></Apply> | compared with constants only"
            })
    void whatIsNotReadIsRefused(String expression, String words) {
        assertThatThrownBy(() -> Pmml.read(Pmml.derived("double", expression.replace('\'', '"'))))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining(words);
    }
}
