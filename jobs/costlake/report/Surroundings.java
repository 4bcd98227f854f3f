package costlake.report;

/**
 * What a page has as part of a site, and has not when it is mailed.
 *
 * @param policy the content security policy: nothing is loaded from anywhere
 * @param script what makes tables sort and search
 * @param explained relative address of the page that says where each line comes from; null without
 */
public record Surroundings(String policy, String script, String explained) {}
