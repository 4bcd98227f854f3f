package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.audit.WrittenAudit;
import costlake.model.Audit;
import costlake.model.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/operations.md lists every audit that warns, and no other, with what to do. */
class WarningsDocsTest {
  private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

  /** A warning that the night computes itself, without an audit. */
  private static final String OF_THE_NIGHT = "unowned_share";

  private static List<String> rows() throws IOException {
    String page = Files.readString(Path.of("docs/operations.md"));
    String warnings = page.substring(page.indexOf("## Warnings"));
    return warnings
        .substring(0, warnings.indexOf("\n## ", 1))
        .lines()
        .filter(line -> line.startsWith("| `"))
        .toList();
  }

  @Test
  void thePageListsTheAuditsThatWarn() throws IOException {
    Set<String> listed =
        rows().stream()
            .map(row -> row.substring(0, row.indexOf('|', 1)))
            .flatMap(cell -> NAME.matcher(cell).results())
            .map(name -> name.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> warning =
        Models.below(Path.of(".")).compile().audits().stream()
            .filter(audit -> audit.level() == WrittenAudit.Level.WARN)
            .map(Audit::name)
            .collect(Collectors.toCollection(TreeSet::new));
    warning.add(OF_THE_NIGHT);
    assertThat(listed).isEqualTo(warning);
  }
}
