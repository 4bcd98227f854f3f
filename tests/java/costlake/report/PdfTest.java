package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** Checks the text, the conformance and the attached files of PDF statements. */
class PdfTest {
  private static final Statements STATEMENTS = new Statements(Locale.US);
  private static final StatementStatus ISSUE = StatementStatus.preliminary(7);

  private static StatementDocument document(List<Statement> parts) {
    return STATEMENTS.document(new StatementContent(parts, Samples.sheets()), ISSUE);
  }

  private static byte[] pdf(List<Statement> parts) {
    return document(parts).pdf();
  }

  static Stream<Statement> samples() {
    return Stream.of(
        Samples.plausible(),
        Samples.hostile(),
        Samples.single(),
        Samples.credits(),
        Samples.crowded(),
        Samples.company(),
        ServingSamples.serving(),
        CommitmentSamples.commitments());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void printsEveryFigureOfTheTables(Statement statement) throws IOException {
    String text = text(pdf(List.of(statement)));
    List<String> money = new ArrayList<>();
    Map.of(
            "lines", List.of("cost_shown"),
            "pools", List.of("pool_shown", "share_shown"),
            "workloads", List.of("idle_cost_shown"),
            "value", List.of("cost_shown"),
            "model_life", List.of("cost_shown"),
            "endpoints", List.of("cost_shown"),
            "tenants", List.of("cost_shown"),
            "uses", List.of("cost_shown"),
            "commitments", List.of("list_shown"),
            "accelerators", List.of("cost_shown"))
        .forEach(
            (table, columns) ->
                columns.forEach(
                    column ->
                        statement.rows(table).stream()
                            .filter(row -> isOnPaper(table, row))
                            .forEach(row -> money.add(written(row.decimal(column))))));
    for (String table : List.of("changes", "events")) {
      statement.rows(table).stream()
          .filter(row -> isOnPaper(table, row))
          .forEach(c -> money.add(rise(c.decimal("change_shown"))));
    }
    List<String> printed = List.of(text.split("\\s+", -1));
    assertThat(money)
        .allSatisfy(
            m ->
                assertThat(Collections.frequency(printed, m))
                    .as(m)
                    .isGreaterThanOrEqualTo(Collections.frequency(money, m)));
    assertThat(text).contains("USD " + written(statement.head().total()));
    assertThat(text).doesNotContain("NaN", "null", "-0.00", "−0.00");
  }

  /**
   * Whether paper prints a row. It leaves breakdowns that few read to the workbook and the web.
   * What charges name a model is not printed beside what the model cost.
   */
  private static boolean isOnPaper(String table, PrintedRow row) {
    return switch (table) {
      case "lines" -> List.of("bridge", "team", "project").contains(row.text("breakdown"));
      case "changes" -> "effect".equals(row.text("breakdown"));
      default -> true;
    };
  }

  /**
   * Formats an amount in whole cents: two decimals, commas between thousands, and a sign for
   * credits.
   */
  private static String written(BigDecimal amount) {
    String digits = amount.abs().setScale(2).toPlainString();
    String grouped = digits.replaceAll("(?<=\\d)(?=(\\d{3})+\\.)", ",");
    return amount.signum() < 0 ? "−" + grouped : grouped;
  }

  private static String rise(BigDecimal amount) {
    return amount.signum() > 0 ? "+" + written(amount) : written(amount);
  }

  @Test
  void printsTheFiguresOfAPlausibleTeam() throws IOException {
    String text = text(pdf(List.of(Samples.plausible()))).replaceAll("\\s+", " ");
    assertThat(text)
        .contains(
            "USD 412,807.14", "+8.3", "16,900.0", "98,214.00", "6.4956", "3,130.88", "88,110.40");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isValidPdfA3a(Statement statement) throws Exception {
    assertThat(violations(pdf(List.of(statement)), PDFAFlavour.PDFA_3_A)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isAccessible(Statement statement) throws Exception {
    assertThat(violations(pdf(List.of(statement)), PDFAFlavour.PDFUA_1)).isEmpty();
  }

  @Test
  void hasTheSameBytesEachTime() {
    assertThat(pdf(List.of(Samples.plausible())))
        .isEqualTo(document(List.of(Samples.plausible())).pdf());
  }

  @Test
  void hasBookmarksTitleAndLanguage() throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf(List.of(Samples.plausible())))) {
      assertThat(document.getDocumentInformation().getTitle())
          .isEqualTo("Search & Ranking, statement of September 2026");
      assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("en-US");
      List<String> titles = new ArrayList<>();
      document
          .getDocumentCatalog()
          .getDocumentOutline()
          .children()
          .forEach(b -> titles.add(b.getTitle()));
      assertThat(titles)
          .containsExactly(
              "Summary",
              "Why and where",
              "Accelerators and commitments",
              "Training and experiments",
              "Serving and value",
              "Full tables",
              "How shared cost is split",
              "Data quality",
              "Definitions and how to dispute");
    }
  }

  @Test
  void attachesTheRowsOfTheTables() throws IOException {
    try (PDDocument pdf = Loader.loadPDF(pdf(List.of(Samples.plausible())))) {
      PDDocumentCatalog catalog = pdf.getDocumentCatalog();
      Map<String, PDComplexFileSpecification> files =
          catalog.getNames().getEmbeddedFiles().getNames();
      assertThat(files.keySet()).containsExactly("statement_lines.csv", "statements.csv");
      assertThat(catalog.getCOSObject().getCOSArray(COSName.getPDFName("AF"))).hasSize(2);
      for (Sheet sheet : Samples.sheets()) {
        assertThat(files.get(sheet.name() + ".csv").getEmbeddedFileUnicode().toByteArray())
            .isEqualTo(sheet.csv());
      }
    }
  }

  @Test
  void theHashCoversTheRowsOfTheTables() {
    List<Statement> parts = List.of(Samples.plausible());
    String hash = document(parts).contentHash();
    assertThat(hash).isEqualTo(document(parts).contentHash());
    assertThat(STATEMENTS.document(new StatementContent(parts, List.of()), ISSUE).contentHash())
        .isNotEqualTo(hash);
  }

  @Test
  void leavesOutPagesWithoutData() throws IOException {
    String text = text(pdf(List.of(Samples.single())));
    assertThat(text).doesNotContain("How shared cost is split", "Unit economics and value");
  }

  @Test
  void listsTheTeamsOfACompanyAndExplainsItsLines() throws IOException {
    String text = text(pdf(List.of(Samples.company())));
    assertThat(text)
        .contains("Teams", "search", "disputed on the statement of its team", "costlake explain")
        .contains("Data quality");
  }

  @Test
  void printsInTheLanguageOfTheRecipient() throws Exception {
    Statements german = new Statements(team -> "search".equals(team) ? Locale.GERMANY : Locale.US);
    StatementContent content = new StatementContent(List.of(Samples.plausible()), Samples.sheets());
    byte[] pdf = german.document(content, ISSUE).pdf();
    assertThat(text(pdf))
        .contains("USD 412.807,14", "Warum und wofür", "31.640 mehr als im August 2026")
        .doesNotContain("Why and where", "412,807.14");
    assertThat(violations(pdf, PDFAFlavour.PDFUA_1)).isEmpty();
    StatementContent company = new StatementContent(List.of(Samples.company()), Samples.sheets());
    assertThat(text(german.document(company, ISSUE).pdf())).contains("USD 90,210.33", "Teams");
  }

  @Test
  void printsTheTotalInTheCurrencyOfTheRecipient() throws IOException {
    Statement.Conversion known =
        new Statement.Conversion(
            "EUR",
            new BigDecimal("0.91234567"),
            LocalDate.parse("2026-09-30"),
            "ECB",
            new BigDecimal("376622.81"),
            new BigDecimal("350000.01"));
    assertThat(page(pdf(List.of(Samples.converted(known))), 1).replaceAll("\\s+", " "))
        .contains(
            "In EUR: 376,622.81, at 0.91234567 EUR for one USD (ECB, 30 September 2026).",
            "August 2026 at its own rate: 350,000.01.");
    Statement.Conversion unknown =
        new Statement.Conversion("EUR", null, null, null, null, new BigDecimal("350000.01"));
    assertThat(page(pdf(List.of(Samples.converted(unknown))), 1).replaceAll("\\s+", " "))
        .contains("In EUR: unknown, no exchange rate of September 2026 is configured.")
        .doesNotContain("null");
  }

  @Test
  void listsTenOfTwoHundredProjectsOnTheSecondSheet() throws IOException {
    byte[] pdf = pdf(List.of(Samples.crowded()));
    assertThat(page(pdf, 2))
        .contains("Largest projects", "project-001", "project-010", "Everything else (190)");
  }

  @Test
  void noNumberIsBrokenOverLines() {
    LineBreaks breaks = new LineBreaks();
    breaks.setText("cost +4,274, new −2,849.10 or a/b");
    assertThat(IntStream.generate(breaks::next).takeWhile(end -> end >= 0))
        .containsExactly(5, 13, 17, 27, 30, 31, 33);
  }

  @Test
  void shortPagesShareASheet() throws IOException {
    Statement brief = Rows.with(Samples.plausible(), "model_life");
    Statement untrained = Rows.with(Rows.with(brief, "runs"), "unpriced_runs");
    byte[] pdf = pdf(List.of(untrained));
    assertThat(page(pdf, 4)).contains("Value", "(no model)", "Full tables");
  }

  @Test
  void printsNoCostPerHourIfNoHourWasAllocated() throws IOException {
    Statement s = Samples.plausible();
    assertThat(s.held()).hasSize(4);
    BigDecimal provisioned = s.rows("accelerators").get(0).decimal("provisioned_hours");
    PrintedRow free =
        Rows.row(
            "accelerators",
            "line_id",
            s.head().number() + "/a-01",
            "accelerator_model",
            "H100 80GB",
            "provisioned_hours",
            provisioned,
            "allocated_hours",
            BigDecimal.ZERO,
            "node_idle_hours",
            provisioned,
            "cost_shown",
            new BigDecimal("7777.77"));
    Map<String, List<PrintedRow>> rows = new HashMap<>(s.tables());
    rows.putAll(
        Map.of(
            "lines", s.lines("bridge"),
            "changes", List.of(),
            "accelerators", List.of(free),
            "workloads", List.of(),
            "value", List.of(),
            "model_life", List.of()));
    Statement idle = Rows.statement(s.head(), rows);
    String text = text(pdf(List.of(idle)));
    assertThat(text)
        .contains(
            "Nobody held any of 16,900.0 provisioned accelerator-hours.",
            "H100 80GB 16,900.0 0.0 – 16,900.0 – 7,777.77 a-01")
        .doesNotContain("What an hour costs", "Unit economics and value");
  }

  @Test
  void hostileNamesRunNothingAndStayInsideTheFolder(@TempDir Path folder) throws IOException {
    List<Path> files = document(List.of(Samples.hostile())).write(folder);
    assertThat(files)
        .allSatisfy(f -> assertThat(f.normalize()).startsWith(folder.resolve("2026-09")).exists());
    String html = Files.readString(files.get(0), StandardCharsets.UTF_8);
    assertThat(html).contains("&lt;script&gt;").doesNotContain("<script", "\u202e");
  }

  @Test
  void printsABoxAndANoteForACharacterThatFontsCannotShow() throws IOException {
    assertThat(text(pdf(List.of(Samples.hostile()))))
        .contains("□□□□□□□□ □", "A □ replaces a character")
        .doesNotContain("#");
    assertThat(text(pdf(List.of(Samples.plausible())))).doesNotContain("□");
    assertThat(new String(document(List.of(Samples.hostile())).html(), StandardCharsets.UTF_8))
        .contains("東京プロジェクト 🚀");
  }

  @Test
  void twoNamesNeverShareAFolder() {
    assertThat(SafeNames.folder("a/b")).isNotEqualTo(SafeNames.folder("a:b"));
    assertThat(SafeNames.folder("..")).doesNotStartWith(".");
    assertThat(SafeNames.folder("search")).isEqualTo("search");
  }

  private static String text(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document);
    }
  }

  private static String page(byte[] pdf, int number) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setStartPage(number);
      stripper.setEndPage(number);
      return stripper.getText(document);
    }
  }

  private static List<String> violations(byte[] pdf, PDFAFlavour flavour) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    try (PDFAParser parser =
            Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
      return validator.validate(parser).getTestAssertions().stream()
          .filter(a -> a.getStatus() == TestAssertion.Status.FAILED)
          .map(
              a ->
                  a.getRuleId().getClause()
                      + " "
                      + a.getMessage()
                      + " "
                      + a.getLocation().getContext())
          .distinct()
          .toList();
    }
  }
}
