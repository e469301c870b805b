"""The review desk: the pages of a site as an editor reviews them."""
