package costlake.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnusedFilesTest {
  @TempDir Path folder;

  @Test
  void reportsUnusedFilesWithTheNearestName() throws IOException {
    Files.createDirectories(folder.resolve("env"));
    Files.createDirectories(folder.resolve("reference"));
    Files.createDirectories(folder.resolve("mappings"));
    for (String read :
        List.of(
            "costlake.yml",
            "owners.yml",
            "README.md",
            "invoices.csv",
            "env/prod.yml",
            "mappings/acme.yml",
            "reference/aws_units.csv")) {
      Files.writeString(folder.resolve(read), "");
    }
    assertThat(UnusedFiles.in(folder)).isEmpty();

    for (String unread :
        List.of(
            "owner.yml",
            "notes.yaml",
            "aws_units.csv",
            "env/test.yaml",
            "mappings/acme.yaml",
            "reference/unit.csv")) {
      Files.writeString(folder.resolve(unread), "");
    }
    assertThat(UnusedFiles.in(folder))
        .satisfiesExactlyInAnyOrder(
            one -> assertThat(one).contains("owner.yml is not read", "Rename it to owners.yml"),
            one -> assertThat(one).contains("notes.yaml is not read", "Files that are read"),
            one -> assertThat(one).contains("aws_units.csv is not read", "folder reference"),
            one -> assertThat(one).contains("test.yaml is not read", "Name it .yml"),
            one -> assertThat(one).contains("acme.yaml is not read", "Name it .yml"),
            one -> assertThat(one).contains("unit.csv is not read", "no list of this name"));
  }
}
