/**
 * The page before its script runs. It says what it is without one, and holds nothing of what was
 * declared or sent: hostile text reaches the browser as JSON alone.
 */
export const shell = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Datadog stand-in</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/page/style.css" />
    <script src="/page/main.js" type="module"></script>
  </head>
  <body>
    <a class="skip" href="#content">Skip to content</a>
    <header>
      <p class="name"><a href="/">Datadog stand-in</a></p>
      <p class="what">
        This is <strong>not Datadog</strong>: it is the sandbox's loopback stand-in for its API.
      </p>
      <nav aria-label="Pages">
        <ul>
          <li><a href="/">Start</a></li>
          <li><a href="/monitors/manage">Monitors</a></li>
          <li><a href="/dashboard/lists">Dashboards</a></li>
          <li><a href="/logs">Logs</a></li>
          <li><a href="/event/explorer">Events</a></li>
          <li><a href="/slo/manage">SLOs</a></li>
          <li><a href="/logs/pipelines">Pipelines</a></li>
        </ul>
      </nav>
    </header>
    <main id="content" tabindex="-1">
      <noscript><p>This page needs JavaScript. <a href="/sandbox/state">The same as JSON</a></p></noscript>
    </main>
    <div id="announcer" class="unseen" role="status"></div>
  </body>
</html>
`;
