package costlake.house;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.testing.JavaProcess;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks the options in conf/jvm.options, with which every process runs. */
class JvmOptionsTest {
  private static final Pattern SIZE = Pattern.compile("ReservedCodeCacheSize\\s+=\\s+(\\d+)");
  private static final long NEEDED_BYTES = 240L << 20;

  /**
   * With the first JIT compiler alone, the JVM by default reserves only a fifth of the code cache,
   * and stops compiling when it is full.
   */
  @Test
  void compiledCodeHasAsMuchSpaceWithTheFirstCompilerAlone() throws Exception {
    Process java =
        new ProcessBuilder(
                JavaProcess.java(),
                "@conf/jvm.options",
                "-XX:TieredStopAtLevel=1",
                "-XX:+PrintFlagsFinal",
                "-version")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String flags = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(java.waitFor()).isZero();
    assertThat(SIZE.matcher(flags).results())
        .singleElement()
        .satisfies(
            size -> assertThat(Long.parseLong(size.group(1))).isGreaterThanOrEqualTo(NEEDED_BYTES));
  }
}
