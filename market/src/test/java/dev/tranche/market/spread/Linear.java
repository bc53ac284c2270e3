package dev.tranche.market.spread;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tranche.inference.Artifact;
import java.util.Map;
import java.util.TreeMap;

/// Small artifacts that answer a spread: `2 + 4 imbalance + 0 sample_millis`, in basis points.
public final class Linear {
    private final Map<String, String> files = new TreeMap<>();

    private Linear() {
        files.put("model.yaml", """
                {"file":"model.pmml","format":"pmml","label":{"definition":"a spread","name":"spread_bps","positive":"none"},\
                "name":"coin_spread_linear_v1.0","output":"value"}""");
        files.put("features.json", """
                {"features":[{"missing":"reject","name":"current_imbalance","range":[-0.9,0.9],"type":"number"},\
                {"missing":"reject","name":"sample_millis","range":[100,100],"type":"number"}]}""");
        files.put("model.pmml", """
                <PMML version="4.4"><Header/>
                  <DataDictionary>
                    <DataField name="current_imbalance" optype="continuous" dataType="double"/>
                    <DataField name="sample_millis" optype="continuous" dataType="double"/>
                    <DataField name="y" optype="continuous" dataType="double"/>
                  </DataDictionary>
                  <RegressionModel functionName="regression">
                    <MiningSchema>
                      <MiningField name="current_imbalance"/><MiningField name="sample_millis"/>
                      <MiningField name="y" usageType="target"/>
                    </MiningSchema>
                    <RegressionTable intercept="2">
                      <NumericPredictor name="current_imbalance" coefficient="4"/>
                      <NumericPredictor name="sample_millis" coefficient="0"/>
                    </RegressionTable>
                  </RegressionModel>
                </PMML>""");
    }

    public static Linear usual() {
        return new Linear();
    }

    /// The same with a text replaced in a file.
    public Linear with(String file, String from, String to) {
        files.computeIfPresent(file, (name, text) -> text.replace(from, to));
        return this;
    }

    Linear plus(String file, String text) {
        files.put(file, text);
        return this;
    }

    public Artifact open() {
        Map<String, byte[]> bytes = new TreeMap<>();
        files.forEach((name, text) -> bytes.put(name, text.getBytes(UTF_8)));
        return Artifact.open(bytes);
    }
}
