package costlake.land.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reads lists that consist of a file of the program and files of kinds of sources. */
class ReferenceCsvTest {
  private static final String OURS = "conf/reference/billed_uses.csv";
  private static final String THEIRS = "sources/neo/reference/billed_uses.csv";

  @Test
  void aKindAddsRowsInItsFolder() {
    assertThat(united("rank,unit\n1,Tokens\n", "unit,rank\nHours,2\n"))
        .extracting(row -> row.values().get("rank") + row.values().get("unit"))
        .containsExactly("1Tokens", "2Hours");
  }

  @Test
  void refusesAKeyThatAnotherFileHas() {
    assertThatThrownBy(() -> united("rank,unit\n1,Tokens\n", "rank,unit\n3,Days\n1,Hours\n"))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "Cannot read row 2 of %s: %s has the rank '1' too. Give this row another.",
            THEIRS, OURS);
  }

  @Test
  void refusesAFileThatLacksAColumn() {
    assertThatThrownBy(() -> united("rank,unit\n1,Tokens\n", "rank\n3\n"))
        .hasMessageStartingWith("Cannot read %s: it has no column 'unit'. Add it.", THEIRS);
  }

  private static List<ReferenceCsv.ListRow> united(String ours, String theirs) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(OURS, ours);
    files.put(THEIRS, theirs);
    return ReferenceCsv.united(List.of("rank", "unit"), List.of("rank"), files);
  }
}
