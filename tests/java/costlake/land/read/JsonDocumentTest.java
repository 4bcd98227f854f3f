package costlake.land.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentTest {
  private static String lines(String json, String... rowArrays) throws IOException {
    try (InputStream in =
        JsonDocument.lines(
            new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), Set.of(rowArrays))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void eachElementStaysOnTheLineOnWhichItBegins() throws IOException {
    String json =
        """
        {
          "meta": {"jobs": "[1, 2]"},
          "jobs": [
            {
              "a": "x, y }] \\" \\\\",
              "b": [1, {"c": 2}]
            },
            {"a": 2}
          ],
          "errors": [{"a": 3}]
        }
        """;

    assertThat(lines(json, "jobs"))
        .isEqualTo(
            """



            {"a":"x, y }] \\" \\\\","b":[1,{"c":2}]}



            {"a":2}



            """);
  }

  @Test
  void elementsOnOneLineAreLinesOfTheirOwn() throws IOException {
    assertThat(lines("{\"jobs\":[{\"a\":1},{\"a\":2},7,\"x\"]}", "jobs"))
        .isEqualTo("{\"a\":1}\n{\"a\":2}\n7\n\"x\"\n");
    assertThat(lines("[{\"a\":1}, {\"a\":2}]", "jobs")).isEqualTo("{\"a\":1}\n{\"a\":2}\n");
    assertThat(lines("{\"jobs\": []}", "jobs")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1}\n{\"a\":2}\n",
        "{\"a\":1,\"list\":[{\"jobs\":[1]}]}\n",
        "{\"jobs\":[1]}\n{\"jobs\":[2]}\n",
        ""
      })
  void jsonLinesStayAsTheyAre(String json) throws IOException {
    assertThat(lines(json, "jobs")).isEqualTo(json);
    assertThat(lines(json)).isEqualTo(json);
  }

  @Test
  void aDocumentIsReadOnlyIfItsRowsAreKnown() throws IOException {
    assertThat(lines("{\"jobs\": [{\"a\": 1}]}")).isEqualTo("{\"jobs\": [{\"a\": 1}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"jobs\":[{\"a\":1},", "{\"jobs\":[{\"a\":1}]", "{\"jobs\":[{\"a\":\"1"})
  void refusesADocumentThatIsCut(String json) {
    assertThatThrownBy(() -> lines(json, "jobs"))
        .isInstanceOf(IOException.class)
        .hasMessage("its JSON document does not end");
  }
}
