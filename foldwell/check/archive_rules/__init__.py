"""The conditions of PDF/UA-1, a module for each kind, found by ``archive`` by their being here."""
