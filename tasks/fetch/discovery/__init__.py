"""Where a publisher lists its pages: feeds, sitemaps, listing pages and JSON interfaces. Bodies in, addresses out."""
