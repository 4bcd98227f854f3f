package costlake.config;

/** The company that issues the statements. */
public record Company(
    @Required @Doc("Name printed on statements.") String name,
    @Required @Doc("Mail address for questions and disputes, printed on every page.")
        String contact,
    @Required @Doc("Reporting currency, ISO 4217.") String currency) {
  public Company {
    ExchangeRate.checkCurrency(currency);
  }
}
