package costlake.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageTest {
  @Test
  void textIsOneLine() {
    assertThat(Message.of("Cannot read %s: it is UTF-16. Deliver it as UTF-8.", "bill.csv"))
        .isEqualTo("Cannot read bill.csv: it is UTF-16. Deliver it as UTF-8.");
  }

  @Test
  void indentedLinesAndLinesOfArgumentsAreKept() {
    assertThat(
            Message.of(
                """
                Found %d problems:
                  %s
                """,
                2, "first\nsecond"))
        .isEqualTo("Found 2 problems:\n  first\nsecond");
  }
}
