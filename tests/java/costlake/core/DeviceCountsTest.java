package costlake.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceCountsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "cpu=8,gres/gpu:a100=4,gres/gpu=4,mem=1G; 4; 0; a100",
        "billing=8,gres/gpu:t4=1,gres/gpu:v100=2; 3; 0;",
        "gres/gpu=8,gres/gpu:a100=4; 8; 0;",
        "gpu:tesla:2(S:0-1),craynetwork:1; 2; 0; tesla",
        "gpu:k80:4(IDX:0,2-4); 4; 0; k80",
        "gpu:2; 2; 0;",
        "gpu; 1; 0;",
        "GPU:K80; 1; 0; k80",
        "gres/gpu=3,gres/gpu:a100=2,gres/gpu:a100_1g.5gb=1; 3; 1; a100",
        "gres/gpu:a100_3g.20gb=2; 2; 2;",
        "gres/gpu=1,gres/shard=4; 1; 0;"
      })
  void countsEachSpelling(
      String resources, BigDecimal all, BigDecimal slices, @Nullable String model) {
    DeviceCounts counts = DeviceCounts.of(resources, null).orElseThrow();

    assertThat(counts.all()).isEqualByComparingTo(all);
    assertThat(counts.slices()).isEqualByComparingTo(slices);
    assertThat(counts.model()).isEqualTo(model);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cpu=8,mem=1G", "gres/shard=2", "gres/gpumem=7", "gres/gpu=many"})
  void findsNone(String resources) {
    assertThat(DeviceCounts.of(resources, "")).isEmpty();
  }

  @Test
  void readsTheOtherListOnlyIfTheFirstNamesNone() {
    assertThat(DeviceCounts.of("cpu=1", "gpu:2").orElseThrow().all()).isEqualByComparingTo("2");
    assertThat(DeviceCounts.of("gres/gpu=1", "gpu:2").orElseThrow().all())
        .isEqualByComparingTo("1");
    assertThat(DeviceCounts.of(null, null)).isEmpty();
  }
}
