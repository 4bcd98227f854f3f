package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.OwnFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints a page that a user has in the configuration folder beside the pages of the program. */
class OwnPagesTest {
  @TempDir Path conf;

  private final @Nullable String before = System.getProperty(OwnFiles.PROPERTY);

  @BeforeEach
  void addPage() throws IOException {
    write("pages/contacts.yml", "title: Contacts\nplace: 65\ntables: {}\n");
    write("pages/contacts.peb", "<h1 id=\"{{ page.id }}\">{{ t(\"Contacts\") }}</h1>");
    write("words_de.yml", "Contacts: Ansprechpartner\nTotal: overridden\n");
    OwnFiles.use(conf);
  }

  private void write(String file, String text) throws IOException {
    Path path = conf.resolve("reports").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @AfterEach
  void forgetFolder() {
    if (before == null) {
      System.clearProperty(OwnFiles.PROPERTY);
    } else {
      System.setProperty(OwnFiles.PROPERTY, before);
    }
  }

  private static String printed(Locale locale) {
    return new Pages(StatementPages.embedded(), locale)
        .web(List.of(Samples.single()), StatementStatus.preliminary(1));
  }

  @Test
  void itIsPrintedInItsPlace() {
    assertThat(printed(Locale.US)).containsSubsequence(">Contacts</h1>", ">Definitions and");
    assertThat(StatementPages.embedded().pages())
        .extracting(StatementPages.Page::name)
        .containsSubsequence("summary", "contacts", "definitions");
  }

  @Test
  void statementsOfAPastEditionHaveItInItsPlace() {
    StatementStatus first = StatementStatus.preliminary(1).inEdition(1);
    assertThat(
            new Pages(StatementPages.embedded(), Locale.US).web(List.of(Samples.single()), first))
        .containsSubsequence(">Contacts</h1>", ">Data quality</h1>");
  }

  @Test
  void aPageWithTheNameOfAPastOneIsNotInItsEdition() throws IOException {
    write("pages/value.yml", "title: Our value\nplace: 66\n");
    write("pages/value.peb", "<h1 id=\"{{ page.id }}\">Our value</h1>");
    Pages pages = new Pages(StatementPages.embedded(), Locale.US);
    StatementStatus today = StatementStatus.preliminary(1);
    assertThat(pages.web(List.of(Samples.plausible()), today)).contains(">Our value</h1>");
    assertThat(pages.web(List.of(Samples.plausible()), today.inEdition(1)))
        .contains(">Unit economics and value</h1>")
        .doesNotContain(">Our value</h1>");
  }

  @Test
  void itsWordsAreTranslatedAndOursStay() {
    assertThat(printed(Locale.GERMANY))
        .contains(">Ansprechpartner</h1>")
        .doesNotContain("overridden");
  }

  @Test
  void aPageWithTheNameOfOursIsRefused() throws IOException {
    write("pages/serving.yml", "title: Value\nplace: 66\ntables: {}\n");
    assertThatThrownBy(StatementPages::embedded)
        .hasMessageContaining("serving.yml: Costlake has a page of this name. Rename the file");
  }

  @Test
  void aMistakeNamesTheFile() throws IOException {
    write("pages/contacts.yml", "title: Contacts\nplaces: 65\ntables: {}\n");
    assertThatThrownBy(StatementPages::embedded)
        .hasMessageContaining("reports/pages/contacts.yml:2");
  }
}
