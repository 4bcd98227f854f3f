package costlake.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b",
        "\u0085",
        "\u061c",
        "\u200b",
        "\u200e",
        "\u202e",
        "\u2028",
        "\u2029",
        "\u2066",
        "\ufeff",
        "\udb40\udc41"
      })
  void replacesHiddenAndDirectionCharacters(String hidden) throws JsonProcessingException {
    String text = "a" + hidden + "b";
    assertThat(PlainText.line(text)).isEqualTo("a b");
    assertThat(PlainText.lines(text)).isEqualTo("a b");
    ObjectMapper mapper = new ObjectMapper();
    String json = PlainText.json(mapper.writeValueAsString(text));
    assertThat(json).isPrintable();
    assertThat(json.chars()).allMatch(unit -> unit < 128);
    assertThat(mapper.readValue(json, String.class)).isEqualTo(text);
  }

  @Test
  void keepsLineEndsOnlyInTextsOfSeveralLines() {
    assertThat(PlainText.lines("a\n\tb\rc")).isEqualTo("a\n\tb c");
    assertThat(PlainText.line("a\n\tb\rc")).isEqualTo("a  b c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Größe", "株式会社", "می\u200cخواهم", "👩\u200d💻", "שלום"})
  void keepsEveryScript(String name) {
    assertThat(PlainText.line(name)).isEqualTo(name);
  }
}
