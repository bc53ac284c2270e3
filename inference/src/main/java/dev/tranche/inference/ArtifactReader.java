package dev.tranche.inference;

import dev.tranche.inference.explain.Background;
import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonException;
import dev.tranche.inference.format.JsonKeys;
import dev.tranche.inference.format.ModelFile;
import dev.tranche.inference.format.Rounds;
import dev.tranche.inference.format.onnx.OnnxAnswer;
import dev.tranche.inference.format.onnx.OnnxGraph;
import dev.tranche.inference.format.onnx.OnnxOptions;
import dev.tranche.inference.format.onnx.OnnxTrees;
import dev.tranche.inference.pmml.PmmlModel;
import dev.tranche.inference.scorecard.LinearFile;
import dev.tranche.inference.transform.Calibration;
import dev.tranche.inference.transform.Program;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// Reads the files of a folder in the order in which they need each other. Every refusal names the file.
final class ArtifactReader {
    private static final List<String> FORMATS =
            List.of("xgboost", "lightgbm", "scorecard", "logistic", "onnx", "catboost", "pmml");
    private static final List<String> NAMES_ONLY = List.of("name", "provenance");
    private final Map<String, byte[]> files;
    private final List<ModelReader> readers;

    ArtifactReader(Map<String, byte[]> files, List<ModelReader> readers) {
        this.files = files;
        this.readers = readers;
    }

    Artifact read() {
        JsonKeys keys = struct("model.yaml").keys("model.yaml");
        Header header = in("model.yaml", () -> Header.read(keys));
        Schema schema = in("features.json", () -> FeaturesFile.read(struct("features.json")));
        Optional<Program> transform = files.containsKey("transform.yaml")
                ? Optional.of(in("transform.yaml", () -> Program.compile(struct("transform.yaml"), schema)))
                : Optional.empty();
        Model bare = in(header.file(), () -> model(header, schema, transform));
        try {
            return join(header, schema, transform, bare);
        } catch (RuntimeException | Error failed) {
            bare.close();
            throw failed;
        }
    }

    private Artifact join(Header header, Schema schema, Optional<Program> transform, Model bare) {
        checkOutputs(header.identity().output(), bare);
        Program joined = transform.isPresent()
                ? Inputs.checked(transform.get(), bare, header.byPosition())
                : in("features.json", () -> Inputs.direct(schema, bare, header.byPosition()));
        Program program = Inputs.coded(joined, bare, header.byPosition());
        Model model = header.calibration()
                .map(calibration ->
                        Calibrated.of(bare, calibration, header.identity().output()))
                .orElse(bare);
        Explained explained = Explained.of(
                header.explain(),
                bare,
                program,
                header.identity().format(),
                () -> background(header.explain().background(), schema, program));
        return new Artifact(header.identity(), schema, program, model, explained, rows(header.identity(), model));
    }

    private Background background(String file, Schema schema, Program program) {
        return in(file, () -> BackgroundFile.read(file, bytes(file), schema, program));
    }

    /// The golden rows; those of an ONNX model may go without a margin, which its runtime does not tell.
    private List<GoldenRow> rows(Identity identity, Model model) {
        boolean margins = !identity.format().equals("onnx");
        return files.containsKey("samples.jsonl")
                ? in("samples.jsonl", () -> SamplesFile.read(bytes("samples.jsonl"), model.precision(), margins))
                : List.of();
    }

    /// The files that decide what is computed, `model.yaml` without the keys that do not.
    Map<String, byte[]> essence() {
        Json.Struct header = struct("model.yaml");
        Map<String, Json> says = new TreeMap<>(header.members());
        NAMES_ONLY.forEach(says::remove);
        Map<String, byte[]> essence = new TreeMap<>();
        essence.put("model.yaml", new Json.Struct(says).canonical().getBytes(StandardCharsets.UTF_8));
        String file = in("model.yaml", () -> header.keys("model.yaml").text("file"));
        essence.put(file, bytes(file));
        String background = in("model.yaml", () -> ExplainSpec.read(header.keys("model.yaml")))
                .background();
        for (String other : List.of("features.json", "transform.yaml", background)) {
            if (files.containsKey(other)) {
                essence.put(other, bytes(other));
            }
        }
        return essence;
    }

    /// The artifact of these files with the schema, transform and model of another one of the same essence.
    Artifact twin(Artifact other) {
        Header header = in("model.yaml", () -> Header.read(struct("model.yaml").keys("model.yaml")));
        Identity mine = header.identity();
        Identity its = other.identity();
        if (!mine.equals(new Identity(mine.name(), its.format(), its.output(), its.label()))) {
            throw ArtifactException.of("not_a_twin", "model.yaml says " + mine + ", the twin " + its);
        }
        return other.named(mine, rows(mine, other.model()));
    }

    /// What `model.yaml` says.
    private record Header(
            Identity identity,
            String file,
            Rounds rounds,
            boolean byPosition,
            Optional<Calibration> calibration,
            ExplainSpec explain,
            Json.Struct options) {
        static Header read(JsonKeys keys) {
            String name = keys.text("name");
            String format = keys.text("format");
            String file = keys.text("file");
            if (!FORMATS.contains(format)) {
                throw keys.wrong("format", "must be one of " + FORMATS + ": " + format);
            }
            JsonKeys label = keys.struct("label").keys("model.yaml: label");
            Identity.Label learnt =
                    new Identity.Label(label.text("name"), label.text("definition"), label.text("positive"));
            label.done();
            Optional<Calibration> calibration = Optional.empty();
            if (keys.has("calibration")) {
                JsonKeys op = keys.struct("calibration").keys("model.yaml: calibration");
                calibration = Optional.of(Calibration.read(op));
                op.done();
            }
            keys.find("provenance");
            Json.Struct options =
                    format.equals("onnx") && keys.has("onnx") ? keys.struct("onnx") : new Json.Struct(Map.of());
            Identity identity = new Identity(name, format, output(keys), learnt);
            Header header = new Header(
                    identity,
                    file,
                    rounds(keys),
                    keys.word("inputs", List.of("by_name", "by_position"), "by_name")
                            .equals("by_position"),
                    calibration,
                    ExplainSpec.read(keys),
                    options);
            keys.done();
            return header;
        }

        private static OutputKind output(JsonKeys keys) {
            String word = keys.text("output");
            try {
                return OutputKind.parse(word);
            } catch (IllegalArgumentException unknown) {
                throw JsonException.of("model.yaml: " + unknown.getMessage(), unknown);
            }
        }

        private static Rounds rounds(JsonKeys keys) {
            String text = switch (keys.find("rounds").orElse(Json.of("all"))) {
                case Json.Text(String word) -> word;
                case Json.Num(String literal) -> literal;
                case Json.Null _, Json.Flag _, Json.Items _, Json.Struct _ ->
                    throw keys.wrong("rounds", "must be all, best or a whole number from 1");
            };
            try {
                return Rounds.parse(text);
            } catch (IllegalArgumentException unknown) {
                throw JsonException.of("model.yaml: " + unknown.getMessage(), unknown);
            }
        }
    }

    private Model model(Header header, Schema schema, Optional<Program> transform) {
        byte[] bytes = bytes(header.file());
        Inputs.refusePickle(header.file(), bytes);
        OutputKind output = header.identity().output();
        String format = header.identity().format();
        boolean calibrated = header.calibration().isPresent();
        return switch (format) {
            case "scorecard" ->
                LinearFile.scorecard(
                        Json.parse(bytes).asStruct(header.file()),
                        Inputs.levels(schema, transform),
                        calibrated ? OutputKind.SCORE : output);
            case "logistic" ->
                LinearFile.logistic(
                        Json.parse(bytes).asStruct(header.file()), calibrated ? OutputKind.PROBABILITY : output);
            case "onnx" -> onnx(header, bytes, schema, transform);
            case "pmml" ->
                pmml(
                        (PmmlModel) ModelFile.read(format, bytes, header.rounds()),
                        header,
                        Inputs.levels(schema, transform));
            default -> ModelFile.read(format, bytes, header.rounds());
        };
    }

    /// A classification answers the probability of `label.positive` alone when the output is a probability; a
    /// text of the file must be a category here.
    private static Model pmml(PmmlModel model, Header header, Function<String, List<String>> levels) {
        for (String text : model.texts()) {
            if (levels.apply(text).isEmpty()) {
                throw ArtifactException.of(
                        "inputs_mismatch",
                        "the model takes a text for " + text + "; it must be a feature of type category with its"
                                + " categories, or a column of such");
            }
        }
        boolean one = header.identity().output() == OutputKind.PROBABILITY
                && !model.classes().isEmpty();
        return one ? model.positive(header.identity().label().positive()) : model;
    }

    private Model onnx(Header header, byte[] bytes, Schema schema, Optional<Program> transform) {
        if (!(header.rounds() instanceof Rounds.All)) {
            throw ArtifactException.of("model_rounds", "rounds of an ONNX model must be all: " + header.rounds());
        }
        Identity identity = header.identity();
        List<String> columns = transform
                .map(Program::outputs)
                .orElseGet(() -> schema.features().stream().map(Feature::name).toList());
        ModelSource source = new ModelSource(
                header.file(),
                bytes,
                header.options(),
                identity.output(),
                identity.label().positive(),
                columns,
                Inputs.levels(schema, transform));
        OnnxOptions options = OnnxOptions.read(header.options());
        OnnxGraph graph = OnnxGraph.read(bytes);
        OnnxAnswer answer = OnnxAnswer.of(graph, options, identity.output());
        return switch (OnnxTrees.read(graph, answer, source, options)) {
            case OnnxTrees.Outcome.Taken(Model model) -> model;
            case OnnxTrees.Outcome.Left(String reason) -> reader("onnx", reason).read(source);
        };
    }

    private ModelReader reader(String format, String reason) {
        return readers.stream()
                .filter(reader -> reader.format().equals(format))
                .findFirst()
                .orElseThrow(() -> ArtifactException.of(
                        "reader_missing",
                        "this model of format " + format + " needs the module tranche-inference-" + format
                                + ", which is not here: " + reason));
    }

    private static void checkOutputs(OutputKind output, Model model) {
        boolean fits = switch (output) {
            case PROBABILITY, VALUE, SCORE -> model.outputs() == 1;
            case CLASSES -> model.outputs() > 1;
        };
        if (!fits) {
            throw ArtifactException.of(
                    "output_mismatch",
                    "model.yaml: output " + output + " does not fit a model with " + model.outputs() + " outputs");
        }
    }

    private byte[] bytes(String file) {
        byte[] bytes = files.get(file);
        if (bytes == null) {
            throw ArtifactException.of("file_missing", "the folder has no " + file + "; it has " + files.keySet());
        }
        return bytes;
    }

    private Json.Struct struct(String file) {
        return in(file, () -> Json.parse(bytes(file)).asStruct(file));
    }

    private static <T> T in(String file, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (JsonException broken) {
            throw ArtifactException.of("file_invalid", file + ": " + broken.getMessage(), broken);
        }
    }
}
