package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.core.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reminds whoever edits a function or a reader of the number that makes a night rebuild. */
class CodeNumberTest {
  private static final String SEEN =
      "4accb8dfc5c1dd9cec48d39e6bde78b2fb3858d3c090e48d0bf88d610b6b9365";

  /** Code that computes values of rows. */
  private static final List<String> CODE =
      List.of(
          "build/ConfigurationViews.java",
          "build/ContractCheck.java",
          "build/Functions.java",
          "build/TypedRows.java",
          "config/Binder.java",
          "config/ColumnRule.java",
          "config/CurrencyCode.java",
          "config/MappingPrice.java",
          "config/NumberFormat.java",
          "config/PriceLists.java",
          "config/RowCondition.java",
          "config/Shorthand.java",
          "config/UserMapping.java",
          "config/UserMappingReader.java",
          "config/Yaml.java",
          "core/DatasetName.java",
          "core/HostList.java",
          "core/LargestRemainder.java",
          "core/Money.java",
          "core/NodeKey.java",
          "core/PricePeriod.java",
          "core/TokenRates.java",
          "land/Bronze.java",
          "land/Relations.java",
          "land/RoleColumns.java",
          "land/read",
          "land/focus",
          "telemetry");

  private static final Pattern TEXT_OR_COMMENT =
      Pattern.compile(
          "(\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\])')|(?s:/\\*.*?\\*/)|//[^\n]*");

  @Test
  void whoeverEditsAFunctionOrAReaderDecidesWhetherRowsDiffer() throws IOException {
    assertThat(digest())
        .as(
            "If this edit can change rows, raise CodeNumber.NOW, so that the next night builds"
                + " everything. Then, or if no row can differ, write the new digest into SEEN.")
        .isEqualTo(SEEN);
  }

  private static String digest() throws IOException {
    List<String> texts = new ArrayList<>();
    for (String part : CODE) {
      try (Stream<Path> files = Files.walk(Path.of("jobs/costlake", part))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
          texts.add(file + " " + withoutComments(Files.readString(file)));
        }
      }
    }
    return Sha256.hex(String.join("\n", texts));
  }

  private static String withoutComments(String java) {
    return TEXT_OR_COMMENT.matcher(java).replaceAll("$1").replaceAll("\\s+", " ");
  }
}
