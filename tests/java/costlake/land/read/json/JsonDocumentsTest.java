package costlake.land.read.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentsTest {
  private static final int BYTES_MAX = 1_000_000;
  private static final Set<String> LISTS = Set.of("jobs", "nodes");

  private static List<String> rows(String text) throws IOException {
    return rows(text, BYTES_MAX);
  }

  private static List<String> rows(String text, int bytesMax) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<String> rows = new ArrayList<>();
    List<String> values = new ArrayList<>();
    try (JsonLines lines = new JsonLines(new ByteArrayInputStream(bytes), bytesMax, LISTS)) {
      JsonLines.Members members =
          name -> {
            values.add(name + "=" + lines.text());
            return null;
          };
      while (lines.next(members)) {
        String problem = lines.problem();
        rows.add(lines.number() + " " + (problem == null ? String.join(" ", values) : problem));
        values.clear();
      }
    }
    return rows;
  }

  @Test
  void readsAnObjectOverSeveralLines() throws IOException {
    assertThat(rows("{\n  \"a\": 1,\n  \"b\": {\"c\": [\"]}\"]}\n}\n"))
        .containsExactly("1 a=1 b={\"c\":[\"]}\"]}");
  }

  @Test
  void readsObjectsOneAfterAnother() throws IOException {
    assertThat(rows("\uFEFF\n{\n\"a\": 1}\n\n{\"a\": 2}{\"a\": 3}\n{\n\"a\":\n4}"))
        .containsExactly("2 a=1", "5 a=2", "6 a=3", "7 a=4");
  }

  @Test
  void readsTheElementsOfAList() throws IOException {
    assertThat(rows("[{\"a\":1},{\"a\":2},\n{\"a\":3}\n]\n"))
        .containsExactly("1 a=1", "2 a=2", "3 a=3");
    assertThat(rows("[]")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jobs\":[{\"a\":1},{\"a\":2}]}",
        "{\"next\":\"jobs\",\"jobs\":[{\"a\":1}],\"meta\":{\"jobs\":[7]},\"nodes\":[{\"a\":2}],\"x\":[3]}",
        "{\"meta\":{\"jobs\":[{\"a\":0}]},\"j\\\"obs\":\"\\\\\",\"jobs\":[{\"a\":1}]} {\"jobs\":[{\"a\":2}]}"
      })
  void readsTheListsOfAnObject(String text) throws IOException {
    assertThat(rows(text)).containsExactly("1 a=1", "2 a=2");
    assertThat(rows(text + "\n")).containsExactly("1 a=1", "2 a=2");
  }

  @Test
  void readsNoListOfAnotherName() throws IOException {
    assertThat(rows("{\"job\":[{\"a\":1}],\"jobs\":7}\n"))
        .containsExactly("1 job=[{\"a\":1}] jobs=7");
    assertThat(rows("[{\"jobs\":[{\"a\":1}]}]")).containsExactly("1 jobs=[{\"a\":1}]");
  }

  @Test
  void namesValuesThatAreNoObject() throws IOException {
    assertThat(rows("[\n1,\n\"a, ]\",\n[{\"a\":1}],\n{\"a\":2}\n]"))
        .containsExactly(
            "2 JSON that is no object",
            "3 JSON that is no object",
            "4 JSON that is no object",
            "5 a=2");
    assertThat(rows("{\n\"a\":1}\n]\n{\n\"a\":2,}\n{\"a\":3}"))
        .hasSize(4)
        .startsWith("1 a=1")
        .endsWith("6 a=3")
        .element(1)
        .asString()
        .startsWith("3 no JSON: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\n\"a\": 1,\n",
        "[{\"a\": 1},\n{\"a\": 2}",
        "[{\"a\": 1},\n{\"a\": \"2]}",
        "{\"jobs\": [{\"a\": 1}]",
        "{\"jobs\": [{\"a\": 1}"
      })
  void refusesAFileThatIsCut(String text) {
    assertThatThrownBy(() -> rows(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not end");
  }

  @Test
  void refusesAValueThatIsTooLong() {
    assertThatThrownBy(() -> rows("[\n{\"a\":1},\n{\"a\":\"" + "x".repeat(100) + "\"}]", 50))
        .isInstanceOf(JsonLines.Unfit.class)
        .hasMessageStartingWith(
            "the value that begins in line 3 is longer than 50 bytes, which is");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, (1 << 18) - 20, 1 << 18, 300_000})
  void findsValuesAcrossTheEndOfItsBuffer(int length) throws IOException {
    String filler = "x".repeat(length);
    assertThat(rows("[{\"a\":\"" + filler + "\"},\n{\"a\":\"" + filler + "\"},{\"b\":1}]"))
        .containsExactly("1 a=" + filler, "2 a=" + filler, "3 b=1");
  }
}
