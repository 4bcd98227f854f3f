package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.report.Rows;
import costlake.report.Statement;
import costlake.report.StatementStatus;
import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MailContentTest {
  private static final Recipients ONE =
      new Recipients(List.of("lead@example.com"), List.of("finance@example.com"));

  @Test
  void hasTotalChangeCauseAndActions() {
    MailContent content = writer(Locale.US).content(SampleIssues.issue("search", "Search"));
    assertThat(content.subject())
        .isEqualTo("Search, September 2026: USD\u00a01,200.50 (+20.1\u00a0%)");
    assertThat(content.text())
        .contains(
            """
            USD 40 a day, +24.1 % against August 2026.

            Total: USD 1,200.50
            against August 2026: +20.1 %

            Why it changed
              Up 201 against August 2026.

              Direct: USD 800.50 (+0.1 %)
              Shared services: USD 300.00 (+200.0 %)
              Node idle: USD 100.00 (0.0 %)

            To act on
              1. USD 95: Resume training from checkpoints: 12.5 % of its cost was lost, the most by train-7.
                 Who: search · costlake explain 2026-09/search/USD/do-01
              2. USD 90: Stop lab outside working hours: it ran for at least 12.5 hours then.
                 Who: search · costlake explain 2026-09/search/USD/do-02
            """
                .replace("USD ", "USD\u00a0")
                .replace(" %", "\u00a0%")
                .replace("Direct: USD\u00a0", "Direct: USD ")
                .replace("services: USD\u00a0", "services: USD ")
                .replace("idle: USD\u00a0", "idle: USD "))
        .contains("Questions and disputes until 15 October 2026: finops@example.com");
    assertThat(content.html()).contains("+20.1", "1,200.50", "Up 201 against August 2026.");
    assertThat(content.fileName()).isEqualTo("statement-2026-09-search.pdf");
  }

  private static MailWriter writer(Locale locale) {
    return new MailWriter(locale, new LineLinks(null));
  }

  @Test
  void saysWhatIsLeftOfTheBudget() {
    Statement spent =
        Rows.with(
            SampleIssues.statement("search", "Search", "USD", "1200.50", "1000.00"),
            "budget",
            Rows.row(
                "budget",
                "budget_name",
                "Search, month",
                "amount_shown",
                new BigDecimal("1000.00"),
                "cost_shown",
                new BigDecimal("1200.50"),
                "remaining_shown",
                new BigDecimal("-200.50"),
                "year_from",
                LocalDate.parse("2026-08-01"),
                "year_amount_shown",
                new BigDecimal("2000.00"),
                "year_cost_shown",
                new BigDecimal("2200.25"),
                "year_share_used",
                new BigDecimal("1.100125")));
    MailContent content = writer(Locale.US).content(SampleIssues.issue("search", List.of(spent)));
    String said =
        "Budget Search, month: USD 1,000.00 for the month, 1,200.50 used, 200.50 over."
            + " Since August 2026: 2,200.25 of 2,000.00, 110.0\u00a0%.";
    assertThat(content.text()).contains(said);
    assertThat(content.html()).contains(said);
  }

  /** The figures of a part, and no others, are in both parts of the mail. */
  @Test
  void textAndPageHaveTheSameFigures() {
    for (Locale locale : List.of(Locale.US, Locale.GERMANY)) {
      MailContent content = writer(locale).content(SampleIssues.issue("search", "Search"));
      String page = content.html().replaceAll("(?s)<style>.*?</style>|<[^>]*>", " ");
      assertThat(figures(page))
          .isEqualTo(figures(content.text()))
          .contains("40", "95", "2026-09/search/USD/do-01")
          .hasSizeGreaterThan(12);
    }
  }

  private static Set<String> figures(String text) {
    return Pattern.compile("[+\u2212]?\\d[^\\s:;()]*(?<![.,])")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void beginsWithTheCostOfADay() {
    MailContent first =
        writer(Locale.GERMANY)
            .content(
                SampleIssues.issue(
                    "neu", List.of(SampleIssues.statement("neu", "Neu", "EUR", "900.00", null))));
    assertThat(first.text()).contains("EUR\u00a030 am Tag.\n\nSumme: EUR\u00a0900,00");
    assertThat(first.html().indexOf("EUR\u00a030 am Tag."))
        .isPositive()
        .isLessThan(first.html().indexOf("EUR\u00a0900,00", first.html().indexOf("<body")));
  }

  @Test
  void linksEachActionToItsLineOnTheSite() {
    MailContent content =
        new MailWriter(Locale.US, new LineLinks("https://costs.example.com/finops/"))
            .content(SampleIssues.issue("search", "Search"));
    String address =
        "https://costs.example.com/finops/2026-09/search/index.html#2026-09/search/USD/do-01";
    assertThat(content.text())
        .contains("     Who: search · " + address + "\n")
        .doesNotContain("costlake explain");
    assertThat(content.html())
        .contains("Who: search · <a class=\"accent\" href=\"" + address + "\"", ">line do-01</a>");
  }

  @Test
  void addressesOfLinesAreEncoded() {
    Statement.Head head =
        SampleIssues.statement("café \"x\"", "Café", "USD", "1200.50", null).head();
    assertThat(new LineLinks("https://a.example").address(head, head.number() + "/do-01"))
        .startsWith("https://a.example/2026-09/")
        .endsWith("/index.html#2026-09/caf%C3%A9%20%22x%22/USD/do-01");
  }

  @Test
  void hasTheNumberThatTheStatementPrints() {
    MailContent content = writer(Locale.US).content(SampleIssues.issue("search", "Search"));
    assertThat(content.text())
        .contains("Showback statement · September 2026 · no. 2026-09/search/USD/1\n");
  }

  @Test
  void saysThatFiguresOfAnOpenMonthArePreliminary() {
    OutgoingStatement closed = SampleIssues.issue("search", "Search");
    OutgoingStatement open =
        new OutgoingStatement(
            closed.id(),
            closed.teamId(),
            StatementStatus.preliminary(7),
            closed.parts(),
            closed.pdf());
    MailContent content = writer(Locale.US).content(open);
    assertThat(content.subject())
        .isEqualTo("Search, September 2026, preliminary: USD\u00a01,200.50 (+20.1\u00a0%)");
    String note = "Preliminary: the month is not closed, so figures may still change.";
    assertThat(content.text()).contains("no. 2026-09/search/USD\n", note);
    assertThat(content.html()).contains(note);
    assertThat(writer(Locale.US).content(closed).text()).doesNotContain("Preliminary");
  }

  @Test
  void germanMailHasGermanTextsAndFigures() {
    MailContent content = writer(Locale.GERMANY).content(SampleIssues.issue("suche", "Suche"));
    assertThat(content.language()).isEqualTo("de");
    assertThat(content.subject())
        .isEqualTo("Suche, September 2026: USD\u00a01.200,50 (+20,1\u00a0%)");
    assertThat(content.text())
        .contains("Summe: USD\u00a01.200,50", "Gemeinsame Dienste", "15. Oktober 2026", "Zu tun");
  }

  @Test
  void everyLanguageHasEveryText() {
    ResourceBundle english = bundle(Locale.ROOT);
    ResourceBundle german = bundle(Locale.GERMAN);
    for (Enumeration<String> keys = english.getKeys(); keys.hasMoreElements(); ) {
      String key = keys.nextElement();
      boolean isFormat = key.startsWith("subject");
      assertThat(german.getString(key).equals(english.getString(key))).as(key).isEqualTo(isFormat);
    }
  }

  private static ResourceBundle bundle(Locale locale) {
    return ResourceBundle.getBundle(
        "reports.mail.words",
        locale,
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  @Test
  void firstMonthAndSecondCurrencyHaveTexts() {
    MailContent content =
        writer(Locale.US)
            .content(
                SampleIssues.issue(
                    "new",
                    List.of(
                        SampleIssues.statement("new", "New", "EUR", "900.00", null),
                        SampleIssues.statement("new", "New", "USD", "-12.00", "5.00"))));
    assertThat(content.subject())
        .isEqualTo("New, September 2026: EUR\u00a0900.00 + USD\u00a0−12.00");
    assertThat(content.text())
        .contains("This is the first month on record", "Down 17 against August 2026")
        .doesNotContain("null", "NaN");
  }

  @Test
  void hasTheTotalInTheCurrencyOfTheTeamOrSaysThatItIsUnknown() {
    Statement.Conversion known =
        new Statement.Conversion(
            "EUR",
            new BigDecimal("0.85170000"),
            LocalDate.parse("2026-09-30"),
            "ECB <b>",
            new BigDecimal("1022.47"),
            null);
    MailContent content = writer(Locale.US).content(converted(known));
    assertThat(content.text())
        .contains(
            """
            Total: USD 1,200.50
            EUR 1,022.47, at EUR 0.8517 for one USD (ECB <b>, 30 September 2026).
            against August 2026: +20.1 %
            """
                .replace("USD ", "USD\u00a0")
                .replace("USD\u00a0(", "USD (")
                .replace("EUR ", "EUR\u00a0")
                .replace(" %", "\u00a0%"));
    assertThat(content.html()).contains("1,022.47", "ECB &lt;b&gt;").doesNotContain("ECB <b>");

    Statement.Conversion unknown = new Statement.Conversion("EUR", null, null, null, null, null);
    assertThat(writer(Locale.GERMANY).content(converted(unknown)).text())
        .contains("In EUR: unbekannt, für September 2026 ist kein Wechselkurs hinterlegt.");
    assertThat(writer(Locale.US).content(SampleIssues.issue("search", "Search")).text())
        .doesNotContain("EUR");
  }

  @Test
  void saysWhatRunsAndEndpointsCost() {
    Statement plain = SampleIssues.statement("search", "Search", "USD", "1200.50", "1000.00");
    Statement trained =
        Rows.with(
            plain,
            "runs",
            Rows.row(
                "runs",
                "part",
                "run",
                "members",
                1,
                "cost_shown",
                new BigDecimal("400.00"),
                "waste_shown",
                new BigDecimal("100.00")));
    Statement serving =
        Rows.with(
            trained,
            "endpoints",
            Rows.row(
                "endpoints",
                "endpoint_id",
                "<rank>",
                "members",
                1,
                "cost_shown",
                new BigDecimal("300.00"),
                "cost_per_million_tokens",
                new BigDecimal("0.42"),
                "utilisation",
                new BigDecimal("0.25")));
    MailContent content = writer(Locale.US).content(SampleIssues.issue("search", List.of(serving)));
    assertThat(content.text())
        .contains(
            """
            Training and serving
              One run cost USD 400; 100 of it, 25.0 %, went into work that was lost.
              Inference cost 300. A million tokens of <rank> cost 0.4200, at 25.0 % of the rate of its busiest hour.

            To act on
            """
                .replace(" %", "\u00a0%"));
    assertThat(content.html()).contains("One run cost USD 400", "&lt;rank&gt;");
    assertThat(writer(Locale.US).content(SampleIssues.issue("a", List.of(plain))).text())
        .doesNotContain("Training and serving");
  }

  private static OutgoingStatement converted(Statement.Conversion to) {
    return SampleIssues.issue(
        "search",
        List.of(SampleIssues.statement("search", "Search", "USD", "1200.50", "1000.00", to)));
  }

  @Test
  void hostileNamesHaveNoEffect() throws Exception {
    String name = "Evil\r\nBcc: x@y.example\r\n\r\n<script>a(1)</script> {0} 東京🚀\u202e";
    MimeMessage message = message(SampleIssues.issue("evil", name));
    assertThat(message.getHeader("Bcc")).isNull();
    assertThat(message.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("lead@example.com", "finance@example.com");
    assertThat(message.getSubject())
        .startsWith("Evil")
        .contains("東京")
        .doesNotContain("\n", "\r", "\u202e");
    assertThat(part(message, "text/html"))
        .doesNotContain("<script>")
        .contains("&lt;script&gt;", "東京");
    assertThat(part(message, "text/plain")).contains("東京").doesNotContain("\nBcc");
  }

  @Test
  void namesCannotAddHeadersAndTheIdIsStable() throws Exception {
    MimeMessage message = message(SampleIssues.issue("search", "Search"));
    MimeMessage again = message(SampleIssues.issue("search", "Search"));
    assertThat(message.getMessageID()).isEqualTo(again.getMessageID());
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    MimeMessages messages = new MimeMessages("finops@example.com", "Example");
    assertThat(messages.messageId("2026-09/search", List.of("A@x.example", "b@x.example")))
        .isEqualTo(messages.messageId("2026-09/search", List.of("b@x.example", "a@x.example")))
        .isNotEqualTo(messages.messageId("2026-09/search", List.of("a@x.example")))
        .isNotEqualTo(messages.messageId("2026-10/search", List.of("a@x.example", "b@x.example")));
  }

  @Test
  void mailLoadsNothingAndIsSmall() throws Exception {
    String html = part(message(SampleIssues.issue("search", "Search")), "text/html");
    assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(100_000);
    assertThat(html).doesNotContain("http:", "https:", "<img", "url(", "src=");
  }

  private static MimeMessage message(OutgoingStatement issue) throws Exception {
    MailContent content = writer(Locale.US).content(issue);
    MimeMessages messages = new MimeMessages("finops@example.com", "Example");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    messages
        .message(
            messages.messageId(issue.id(), ONE.all()),
            ONE,
            content,
            Instant.parse("2026-10-01T08:00:00Z"))
        .writeTo(bytes);
    return new MimeMessage(
        Session.getInstance(new Properties()), new ByteArrayInputStream(bytes.toByteArray()));
  }

  private static String part(MimeMessage message, String type) throws Exception {
    MimeMultipart all = (MimeMultipart) message.getContent();
    assertThat(all.getCount()).isEqualTo(2);
    assertThat(all.getBodyPart(1).getContentType()).startsWith("application/pdf");
    MimeMultipart both = (MimeMultipart) all.getBodyPart(0).getContent();
    for (int i = 0; i < both.getCount(); i++) {
      BodyPart body = both.getBodyPart(i);
      if (body.isMimeType(type)) {
        return (String) body.getContent();
      }
    }
    throw new AssertionError("no " + type);
  }
}
