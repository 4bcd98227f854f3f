package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

/** The sheets of a statement: their number, their order, and the appendix after them. */
class StatementSheetsTest {
  private static final List<String> APPENDIX =
      List.of(
          "Full tables",
          "How shared cost is split",
          "Data quality",
          "Definitions and how to dispute");

  private static StatementDocument document(Statement statement) {
    return new Statements(Locale.US)
        .document(
            new StatementContent(List.of(statement), List.of()), StatementStatus.preliminary(7));
  }

  /** Returns the sheet on which each page begins, by the title of its bookmark. */
  private static Map<String, Integer> sheets(Statement statement) throws IOException {
    try (PDDocument pdf = Loader.loadPDF(document(statement).pdf())) {
      Map<String, Integer> sheets = new LinkedHashMap<>();
      for (PDOutlineItem page : pdf.getDocumentCatalog().getDocumentOutline().children()) {
        sheets.put(page.getTitle(), 1 + pdf.getPages().indexOf(page.findDestinationPage(pdf)));
      }
      return sheets;
    }
  }

  private static Statement company() {
    Statement company = Samples.company();
    Map<String, List<PrintedRow>> tables = new HashMap<>(HostileSamples.whole().tables());
    tables.put("lines", company.rows("lines"));
    tables.put("invoices", InvoiceSamples.company().rows("invoices"));
    return new Statement(company.head(), tables);
  }

  private static Statement costCentre(Statement statement) {
    Statement.Head head = statement.head();
    return new Statement(
        new Statement.Head(
            head.month(),
            new Statement.Receiver("cost_centre", "centre.4410", "Cost centre 4410"),
            head.currency(),
            null,
            head.company(),
            head.contact(),
            head.disputeUntil(),
            head.billedUntil(),
            head.total(),
            head.previous(),
            head.billed(),
            head.workloadIdle(),
            null),
        statement.tables());
  }

  @Test
  void aTeamHasFiveSheetsAndThenItsAppendix() throws IOException {
    Map<String, Integer> sheets = sheets(HostileSamples.whole());
    assertThat(sheets)
        .containsEntry("Summary", 1)
        .containsEntry("Why and where", 2)
        .containsEntry("Accelerators and commitments", 3)
        .containsEntry("Training and experiments", 4)
        .containsEntry("Serving and value", 5);
    assertThat(sheets.keySet()).endsWith(APPENDIX.toArray(String[]::new)).hasSize(9);
    assertThat(sheets.get("Full tables")).isBetween(5, 6);
  }

  @Test
  void theCompanyHasItsTeamsOnTheSecondOfSixSheets() throws IOException {
    Map<String, Integer> sheets = sheets(company());
    assertThat(List.copyOf(sheets.keySet()).subList(0, 6))
        .containsExactly(
            "Summary",
            "Teams",
            "Why and where",
            "Accelerators and commitments",
            "Training and experiments",
            "Serving and value");
    assertThat(sheets.keySet()).endsWith(APPENDIX.toArray(String[]::new));
    assertThat(sheets).containsEntry("Teams", 2).containsEntry("Why and where", 3);
  }

  @Test
  void aPageThatHasNothingToSayIsLeftOut() throws IOException {
    assertThat(sheets(Samples.single()).keySet())
        .containsExactly(
            "Summary",
            "Why and where",
            "Full tables",
            "Data quality",
            "Definitions and how to dispute");
  }

  @Test
  void aCostCentreOfOneTeamIsOneSheetThatNamesTheStatementOfTheTeam() throws IOException {
    Statement company = Samples.company();
    PrintedRow line = EventSamples.with(company.lines("team").get(0), "name", "search");
    Statement centre = costCentre(Rows.with(company, "lines", line));
    assertThat(sheets(centre)).containsExactly(Map.entry("Summary", 1));
    try (PDDocument pdf = Loader.loadPDF(document(centre).pdf())) {
      assertThat(pdf.getNumberOfPages()).isEqualTo(1);
      assertThat(new PDFTextStripper().getText(pdf))
          .contains("All of it is the cost of one team, search", "2026-09/search/USD.");
    }
    assertThat(document(centre).site(new SiteParts("", "", null, null)))
        .contains("<a href=\"../search/index.html\">2026-09/search/USD</a>");
  }

  @Test
  void aCostCentreOfSeveralTeamsHasAllPages() throws IOException {
    assertThat(sheets(costCentre(company())).keySet()).contains("Teams", "Why and where");
  }

  @Test
  void theWebPageHasTheSamePagesInTheSameOrder() throws IOException {
    String html = new String(document(HostileSamples.whole()).html(), StandardCharsets.UTF_8);
    assertThat(html)
        .containsSubsequence(
            "id=\"summary-USD\"",
            "id=\"changes-USD\"",
            "id=\"accelerators-USD\"",
            "id=\"training-USD\"",
            "id=\"serving-USD\"",
            "id=\"tables-USD\"",
            "id=\"shared-USD\"",
            "id=\"quality-USD\"",
            "id=\"definitions-USD\"");
  }
}
