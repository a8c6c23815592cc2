"""What pages that join slices show: the home page and the search, put together from the slices' queries."""
