package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// The story that a newcomer sees.
class DemoTest {
    @Test
    @Promise({
        "000 §2.2 from a trained model over registration, service and staged release to full release and feedback",
        "003 §自动回滚触发 a candidate whose answers are slow or wrong is rolled back by itself",
        "004 §8.4.1 a candidate whose approvals collapse never leaves shadow"
    })
    void theDemoKeepsEveryPromiseItMakes() throws IOException, InterruptedException {
        Product.Ran demo = Product.launch("demo", "--once");
        assertThat(demo.exit()).as(demo.output()).isZero();
        assertThat(demo.output())
                .contains("promoted through every stage", "a guard rolled it back by itself", "EXACT")
                .contains("every promise kept");
    }
}
