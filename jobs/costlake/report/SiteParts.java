package costlake.report;

import org.jspecify.annotations.Nullable;

/**
 * Parts of a page that only a site has; a mailed page has none of them.
 *
 * @param policy content security policy, which forbids loading anything
 * @param script script that sorts and searches tables
 * @param explained relative address of the page that explains the lines; null if there is none
 * @param dashboard relative address of the dashboard; null if there is none
 */
public record SiteParts(
    String policy, String script, @Nullable String explained, @Nullable String dashboard) {}
