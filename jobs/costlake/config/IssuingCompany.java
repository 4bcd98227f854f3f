package costlake.config;

/** The company that issues the statements. */
public record IssuingCompany(
    @Required @Description("Name printed on statements.") String name,
    @Required @Description("Mail address for questions and disputes, printed on every page.")
        String contact,
    @Required @Description("Reporting currency, ISO 4217.") String currency) {
  public IssuingCompany {
    ExchangeRate.checkCurrency(currency);
  }
}
